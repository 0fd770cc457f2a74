import Foundation

/// Whole lines, written at once, past all buffers: what was said is said when the process dies.
public enum FileDescriptorLine {
    /// Writes a line; where nobody reads any more, nothing happens.
    public static func write(_ line: String, to descriptor: Int32) { writeText(line + "\n", to: descriptor) }

    /// Writes a text as it is.
    public static func writeText(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress! + offset, $0.count - offset) }
            if written < 0, errno != EINTR { return }
            offset += max(written, 0)
        }
    }
}

/// The call of the system, where a method of the same name hides it.
func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
