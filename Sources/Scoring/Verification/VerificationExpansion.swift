// A data set with its verification questions replaced by their parts, so that one scorer scores all.
//
// Checked by  VerificationTests.

import Experience

struct VerificationExpansion {
  let templates: [Template]
  /// In the order of the given questions; a verification question becomes its parts.
  let questions: [Question]
  /// The verification questions themselves.
  let wholes: [Question]
  let truths: [TruthRecord]
  let calibration: [TruthRecord]

  init(
    templates: [Template], questions: [Question], truths: [TruthRecord],
    calibration: [TruthRecord]
  ) {
    let requirements = VerificationExpansion.requirements(of: templates)
    func parts(_ record: TruthRecord) -> TruthRecord {
      guard let list = record.template.flatMap({ requirements[$0] }) else { return record }
      return VerificationParts.truth(record, list)
    }
    wholes = questions.filter { $0.type == .verification }
    if requirements.isEmpty {
      (self.templates, self.questions) = (templates, questions)
      (self.truths, self.calibration) = (truths, calibration)
      return
    }
    self.templates = templates.map { template in
      var template = template
      template.slots = template.slots.flatMap(VerificationParts.slots)
      return template
    }
    self.questions = questions.flatMap(VerificationParts.questions)
    (self.truths, self.calibration) = (truths.map(parts), calibration.map(parts))
  }

  /// Requirements that the verification questions of each template ask for.
  static func requirements(of templates: [Template]) -> [String: [AskedRequirement]] {
    var requirements: [String: [AskedRequirement]] = [:]
    for template in templates {
      for slot in template.slots where slot.type == .verification {
        requirements[template.id, default: []] += slot.requirements
      }
    }
    return requirements
  }

  /// The parts of predictions for verification questions; any other prediction as it is.
  static func parts(of predictions: [Prediction], for wholes: [Question]) -> [Prediction] {
    guard !wholes.isEmpty else { return predictions }
    let byID = Dictionary(wholes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return predictions.flatMap { prediction in
      byID[prediction.id].map { VerificationParts.predictions(of: prediction, for: $0) }
        ?? [prediction]
    }
  }
}
