import Differential
import Execution
import Foundation

/// What makes two failures the same: phase, engine family and normalised cause; the key of deduplication.
///
/// A failed assertion names its place in the code, which two engines may share: the family is no part of its signature then.
public struct CrashSignature: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The text form, e.g. `compile: assertion failed: register is real, MachineCode/Emission.swift:N` or `x86_64 execute: wrong result`.
    public var description: String

    /// Takes a text form as it was written before.
    public init(text: String) { description = text }

    /// The signature of a divergence of an engine.
    public init(engine: EngineName, divergence: Divergence) {
        if case .crash(let phase) = divergence.observable, divergence.observed.hasPrefix("assertion failed:") {
            description = "\(phase.rawValue): \(Self.normalised(divergence.observed))"
            return
        }
        let cause: String
        switch divergence.observable {
        case .crash(let phase): cause = "\(phase.rawValue): \(Self.normalised(divergence.observed))"
        case .hang(let phase): cause = "\(phase.rawValue): no end"
        case .memoryExhaustion(let phase): cause = "\(phase.rawValue): memory exhausted"
        case .compileTime: cause = "compile: time grows faster than the module"
        case .codeSize: cause = "compile: code or frames grow faster than the module"
        case .instantiation:
            cause =
                "instantiate: \(Self.normalised(divergence.observed)) instead of \(Self.normalised(divergence.expected))"
        case .rejection: cause = "validate: \(Self.normalised(divergence.observed))"
        case .ending:
            cause =
                "execute: \(Self.normalised(divergence.observed)) instead of \(Self.normalised(divergence.expected))"
        case .resultCount: cause = "execute: number of results"
        case .result: cause = "execute: wrong result"
        case .payload: cause = "execute: wrong value of an exception"
        case .global: cause = "execute: wrong global"
        case .memory: cause = "execute: wrong memory"
        case .element: cause = "execute: wrong table"
        case .hostCallCount: cause = "execute: number of host calls"
        case .hostCallArgument: cause = "execute: wrong argument of a host call"
        }
        description = "\(engine.family) \(cause)"
    }

    /// Whether many mistakes of one engine have the signature, as it tells of values alone, of how a call ended, or of what wrong code ran into;
    /// see ``naming(culpritsIn:_:)``.
    public var isCoarse: Bool { tellsOfCode || description.hasSuffix("time grows faster than the module") }

    /// Whether it is coarse but for what ``naming(culpritsIn:_:)`` added.
    public var isFiner: Bool { parts != nil }

    /// Whether both machines of the compilers in this program have the mistake.
    public var isOfBothMachines: Bool { description.hasPrefix(Self.bothMachines) }

    static let bothMachines = "both machines"

    /// Whether it tells of what code did, and not of why.
    private var tellsOfCode: Bool {
        guard let range = codeRange else { return false }
        let cause = description[range.upperBound...]
        return Self.symptoms.contains { cause.hasPrefix($0) } || cause.contains(" instead of ")
    }

    /// The name of the phase in which code runs, with what is around it; nil of other phases.
    private var codeRange: Range<String.Index>? {
        [Phase.execute, .instantiate].lazy.compactMap { description.range(of: " \($0.rawValue): ") }.first
    }

    /// The beginnings of what wrong code does.
    private static let symptoms = [
        "wrong result", "wrong value of an exception", "wrong global", "wrong memory", "wrong table",
        "wrong argument of a host call", "number of",
        "SIG",
        "audit: ", "simulator: ", "runtime: ",
    ]

    /// A finer signature: with what is left in the reduced case.
    func naming(_ parts: [String]) -> CrashSignature {
        CrashSignature(text: "\(description) (\(parts.isEmpty ? Self.nothing : parts.joined(separator: ", ")))")
    }

    /// What stands for no parts.
    static let nothing = "nothing else"

    /// Whether a failure with this signature explains one with another: both are what wrong code of the same engine does, wherever it shows, or the
    /// same otherwise, since the same stage, and all parts that are named here are named there as well. Where a stage is named, and where nothing
    /// is named that computes, the parts are the same ones: stages have several mistakes, and calls, accesses and handlers are in modules of many
    /// kinds.
    public func covers(_ other: CrashSignature) -> Bool {
        if self == other { return true }
        guard let parts, let otherParts = other.parts else { return false }
        guard parts.head == otherParts.head, parts.stage == otherParts.stage else { return false }
        if parts.names == otherParts.names { return true }
        return parts.stage.isEmpty && parts.names.contains(where: InstructionKinds.isTelling)
            && parts.names.isSubset(of: otherParts.names)
    }

    /// The parts of a finer signature; nil for any other.
    private var parts: (head: Substring, stage: Substring, names: Set<String>)? {
        guard description.hasSuffix(")"), let open = description.lastIndex(of: "(") else { return nil }
        let coarse = CrashSignature(text: description[..<open].trimmingCharacters(in: .whitespaces))
        guard coarse.isCoarse else { return nil }
        var names = description[description.index(after: open)...].dropLast()
        var stage: Substring = ""
        if names.hasPrefix(Self.since), let end = names.range(of: ": ") {
            stage = names[..<end.lowerBound]
            names = names[end.upperBound...]
        }
        let head = coarse.tellsOfCode ? codeRange.map { description[..<$0.lowerBound] } : nil
        return (
            head ?? description[..<open],
            stage,
            // Older ones have the names of instructions.
            Set(names.split(separator: ",").map { InstructionKinds.kind(of: String($0.drop { $0 == " " })) })
        )
    }

    /// What the stage at fault follows.
    private static let since = "since "

    /// A message without what changes from case to case: numbers, and the line of a source position.
    public static func normalised(_ message: String) -> String {
        var text = ""
        var isInNumber = false
        var isInAddress = false
        for character in message.prefix(200) {
            if isInNumber, character == "x", text.hasSuffix("N") { isInAddress = true }
            let isDigit = character.isNumber || isInAddress && (character == "x" || character.isHexDigit)
            if isDigit {
                if !isInNumber { text += "N" }
                isInNumber = true
            } else {
                isInNumber = false
                isInAddress = false
                text.append(character)
            }
        }
        return text
    }

    /// A short name for folders: lower-case letters, digits and hyphens.
    public var slug: String {
        var slug = ""
        for character in description.lowercased() {
            if character.isASCII, character.isLetter || character.isNumber {
                slug.append(character)
            } else if !slug.hasSuffix("-"), !slug.isEmpty {
                slug.append("-")
            }
            if slug.count >= 48 { break }
        }
        while slug.hasSuffix("-") { slug.removeLast() }
        return slug
    }
}
