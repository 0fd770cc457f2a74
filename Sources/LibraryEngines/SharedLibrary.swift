import Foundation

/// A shared library that was loaded at run time; it stays loaded, as engines leave threads and signal handlers behind.
final class SharedLibrary: @unchecked Sendable {
    let path: String
    /// What the system knows the library by; never changed, and safe to use from any thread.
    private let handle: UnsafeMutableRawPointer

    /// Loads a library.
    /// - Parameter path: of a file, absolute or with a slash in it; a bare name is looked up where the system keeps libraries.
    init(path: String) throws(LibraryEngineError) {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
            let reason = dlerror().map { String(cString: $0) } ?? "no reason was given"
            // The system's reason begins with the path, which is said already.
            let shown = reason.hasPrefix("\(path): ") ? String(reason.dropFirst(path.count + 2)) : reason
            throw .notLoadable(path: path, reason: shown)
        }
        self.path = path
        self.handle = handle
    }

    /// Whether the library has a function or a variable of a name.
    func has(_ name: String) -> Bool { dlsym(handle, name) != nil }

    /// The function of a name, as a function pointer of C; nil where there is none.
    func functionIfPresent<Function>(_ name: String, _ type: Function.Type = Function.self) -> Function? {
        dlsym(handle, name).map { unsafeBitCast($0, to: type) }
    }

    /// The function of a name, as a function pointer of C.
    func function<Function>(
        _ name: String,
        _ type: Function.Type = Function.self
    ) throws(LibraryEngineError) -> Function {
        guard let address = dlsym(handle, name) else { throw .missingFunction(path: path, name: name) }
        return unsafeBitCast(address, to: type)
    }
}

/// A pointer to something of a library whose layout is the library's own.
typealias ForeignPointer = UnsafeMutableRawPointer
