import Foundation

/// What the system can load.
enum LibraryProbe {
    static func canLoad(_ path: String) -> Bool {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else { return false }
        dlclose(handle)
        return true
    }
}
