/// Up to where code is right with a specimen: what a report may say of its boundary.
public enum SpecimenLimit: Hashable, Sendable {
    /// The greatest counts of something that work, e.g. of `results`; several where it depends on the types, the machine or what else is in the
    /// module.
    case counts(ClosedRange<Int>, of: String)
    /// The greatest frame that works, in bytes, whatever makes it larger. The largest one of a module may be that of another function, or of a
    /// stub, and the number at fault may leave out the registers that are kept: it is up to an eighth more.
    case frame(bytes: Int)
    /// None, as no count decides.
    case noCount
}

extension [SpecimenLimit] {
    /// One count for each of some nouns.
    static func most(_ count: Int, _ nouns: String...) -> [SpecimenLimit] {
        nouns.map { .counts(count...count, of: $0) }
    }

    /// Counts from the first to the last for each of some nouns.
    static func most(_ counts: ClosedRange<Int>, _ nouns: String...) -> [SpecimenLimit] {
        nouns.map { .counts(counts, of: $0) }
    }

    /// As long as all values are in registers: 6 integers and 8 others on x86_64, 8 and 8 on ARM64; the address of a result area takes the
    /// register of an integer.
    static func registers(of nouns: String...) -> [SpecimenLimit] {
        nouns.flatMap { noun in [5...8, 13...16].map { .counts($0, of: noun) } }
    }

    /// What decides is no count.
    static let noCount: [SpecimenLimit] = [.noCount]

    /// Frames of so many bytes.
    static func frame(bytes: Int) -> [SpecimenLimit] { [.frame(bytes: bytes)] }
}
