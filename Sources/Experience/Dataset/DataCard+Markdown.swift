// The data card as README.md: front matter that Hugging Face reads, then what people read.
//
// Checked by  CroissantTests; `benchmarks/plugs/tables.py` loads it with `datasets`.

extension DataCard {
  /// With front matter for Hugging Face: one configuration a type of question.
  public var markdown: String {
    var lines = ["---", "license: cc-by-4.0", "pretty_name: \(name) \(version)", "language: en"]
    lines.append("tags: [\(keywords.joined(separator: ", "))]")
    if !parts.isEmpty {
      lines.append("configs:")
      for part in parts {
        lines += [
          "  - config_name: \(part.type)", "    data_files:", "      - split: test",
          "        path: \(part.path)",
        ]
      }
      lines.append("dataset_info:")
      for part in parts {
        lines += ["  - config_name: \(part.type)", "    features:"]
        for column in QuestionTable.columns {
          lines.append("      - name: \(column.name)")
          lines.append("        \(DataCard.feature(column.kind))")
        }
      }
    }
    lines += ["---", "", "# \(name) \(version)", "", about, "", instructions, ""]
    lines += ["| file | holds |", "|---|---|"] + files.map { "| `\($0.path)` | \($0.about) |" }
    lines += ["", "## Where it comes from", "", collection, ""]
    lines += ["## What it may be used for", ""] + uses.map { "* \($0)" }
    lines += ["", "## What it does not say", ""] + limitations.map { "* \($0)" }
    lines += ["", "## What was drawn", ""] + biases.map { "* \($0)" }
    if !parts.isEmpty {
      lines += [
        "", "## For other programs", "",
        "`datasets.load_dataset(FOLDER, \"\(parts[0].type)\")` reads a table; its column `split` says calibration "
          + "(to train on), public (to try) or sealed (to be judged by: no truth). "
          + "`croissant.json` describes the same tables. The date of generation stands in `manifest.json` "
          + "alone, so that the same plan gives the same bytes.",
      ]
    }
    lines += [
      "",
      "Data set `\(hash)`, licence CC BY 4.0, canary `\(canary)`. Made by plumbline \(release).",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private static func feature(_ kind: TableColumn.Kind) -> String {
    switch kind {
    case .text: "dtype: string"
    case .number: "dtype: float64"
    case .integer: "dtype: int64"
    case .flag: "dtype: bool"
    case .numbers: "list: float64"
    case .texts: "list: string"
    }
  }
}
