import Foundation
import Triage

extension Revision {
    /// Of this process's program; nil where neither a release nor a checkout tells it.
    static let ofThisProgram = Bundle.main.executablePath.flatMap(ofProgram(at:))

    /// What a release says that a program belongs to, or else the checkout that it lies in.
    static func ofProgram(at path: String) -> Revision? {
        if let installation = Installation(ofProgramAt: path) { return installation.revision }
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let date = attributes[.modificationDate] as? Date
        else { return nil }
        return SurroundingCheckout(around: path)?.revision(ofProgramFrom: date)
    }
}
