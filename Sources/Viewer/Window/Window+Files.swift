// Pictures, videos and saved sessions from the window.

import Experience
import Foundation

extension Window {
  /// A name that no file has yet: scene-001.png.
  private func freshPath(_ ending: String) -> String {
    let allowed = session.stage.scene.map { $0.isLetter || $0.isNumber || $0 == "-" ? $0 : "-" }
    let stem = allowed.isEmpty ? "scene" : String(allowed)
    for number in 1...9999 {
      let digits = String(format: "%03d", number)
      let path = "\(options.folder)/\(stem)-\(digits).\(ending)"
      if !FileManager.default.fileExists(atPath: path) { return path }
    }
    return "\(options.folder)/\(stem)-\(UUID().uuidString).\(ending)"
  }

  /// Takes the picture that is about to be shown.
  func capture(_ target: Framebuffer, at time: Double) {
    if wantsPicture {
      wantsPicture = false
      let path = freshPath("png")
      do throws(ViewerError) {
        try PNGFile.write(target.pixels(), to: path)
        session.message = "wrote \(path)"
      } catch { session.fail(error) }
    }
    guard let movie, time - movieTime >= 1.0 / 30 else { return }
    movieTime = max(movieTime + 1.0 / 30, time - 1.0 / 30)
    do throws(ViewerError) { try movie.add(target.pixels()) } catch {
      self.movie = nil
      session.fail(error)
    }
  }

  func toggleMovie() {
    if movie != nil { return stopMovie() }
    do throws(ViewerError) {
      movie = try Movie(
        path: freshPath("mp4"), width: size.width, height: size.height, rate: 30)
      session.message = "recording a video"
    } catch { session.fail(error) }
  }

  func stopMovie() {
    guard let movie else { return }
    self.movie = nil
    do throws(ViewerError) {
      try movie.close()
      session.message = "wrote \(movie.path)"
    } catch { session.fail(error) }
  }

  func save() {
    guard let save = options.save else {
      session.message = "this session cannot be saved"
      return
    }
    do {
      session.message = try save(
        SavedSession(
          path: freshPath("plr"), source: session.run.source, marks: session.playback.marks,
          pulls: session.pulls))
    } catch { session.fail(error) }
  }
}
