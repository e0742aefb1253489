// PNG in and out, through the simplified interface of libpng.

import CPNG
import Foundation

public enum PNGFile {
  // PNG_FORMAT_RGBA, whose macro Swift does not see
  private static let rgba = png_uint_32(3)

  /// The bytes of a PNG file.
  /// - Throws: `ViewerError.output` with libpng's word.
  public static func data(_ image: PixelImage) throws(ViewerError) -> [UInt8] {
    var control = png_image()
    control.version = png_uint_32(PNG_IMAGE_VERSION)
    control.width = png_uint_32(image.width)
    control.height = png_uint_32(image.height)
    control.format = rgba
    // once for the size, once for the bytes
    var size: png_alloc_size_t = 0
    guard png_image_write_to_memory(&control, nil, &size, 0, image.bytes, 0, nil) != 0 else {
      throw refused(&control)
    }
    var bytes = [UInt8](repeating: 0, count: Int(size))
    guard png_image_write_to_memory(&control, &bytes, &size, 0, image.bytes, 0, nil) != 0 else {
      throw refused(&control)
    }
    return Array(bytes.prefix(Int(size)))
  }

  /// Writes a file whole: a neighbour name first, then renamed.
  public static func write(_ image: PixelImage, to path: String) throws(ViewerError) {
    try WholeFile.write(try data(image), to: path)
  }

  /// - Throws: `ViewerError.output` for a file that is missing or no PNG.
  public static func read(_ path: String) throws(ViewerError) -> PixelImage {
    var control = png_image()
    control.version = png_uint_32(PNG_IMAGE_VERSION)
    guard png_image_begin_read_from_file(&control, path) != 0 else { throw refused(&control) }
    control.format = rgba
    var image = PixelImage(width: Int(control.width), height: Int(control.height))
    guard png_image_finish_read(&control, nil, &image.bytes, 0, nil) != 0 else {
      throw refused(&control)
    }
    return image
  }

  private static func refused(_ control: inout png_image) -> ViewerError {
    let word = withUnsafeBytes(of: control.message) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    png_image_free(&control)
    return ViewerError(.output, "PNG: \(word)", remedy: "check the file and its folder")
  }
}
