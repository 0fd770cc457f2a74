#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Stops the process when a condition that the program itself guarantees does not hold, in every build configuration.
///
/// The text goes to standard error as `assertion failed: TEXT, FILE:LINE`, so that a crash report can be classed by it:
/// Swift's own `precondition` drops its message in release builds. For errors of the input, throw instead.
/// - Parameters:
///   - condition: what must hold.
///   - text: what is claimed, in words, e.g. `register is real`.
@inlinable @inline(__always)
public func invariant(
    _ condition: @autoclosure () -> Bool,
    _ text: @autoclosure () -> String,
    file: StaticString = #fileID,
    line: UInt = #line
) {
    if !condition() {
        invariantFailed(text(), file: file, line: line)
    }
}

/// What is done between the text of a failed invariant and the end of the process.
public enum InvariantFailure {
    /// Says more on standard error, such as who called. To be set before there is a second thread.
    nonisolated(unsafe) public static var willStop: () -> Void = {}
}

/// Stops the process as a failed ``invariant(_:_:file:line:)`` does, where a point of the program cannot be reached.
@inline(never)
public func invariantFailed(_ text: String, file: StaticString = #fileID, line: UInt = #line) -> Never {
    let message = "assertion failed: \(text), \(file):\(line)\n"
    let bytes = Array(message.utf8)
    bytes.withUnsafeBytes { buffer in
        _ = write(2, buffer.baseAddress, buffer.count)
    }
    InvariantFailure.willStop()
    fatalError(text, file: file, line: line)
}
