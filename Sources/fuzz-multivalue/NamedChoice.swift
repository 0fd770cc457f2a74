import ArgumentParser
import BugZoo
import Campaign
import InTreeEngines
import MachineCode
import SSA
import WasmGenerator
import WasmModel

/// Reads names and type lists of options; a mistake names the choices.
enum NamedChoice {
    static func edge(_ name: String) throws -> Edge { try choice(name, of: "edge") }

    static func routing(_ name: String) throws -> RoutingPattern { try choice(name, of: "routing") }

    static func target(_ name: String) throws -> CompilationTarget { try choice(name, of: "target") }

    static func resultStrategy(_ name: String) throws -> ResultStrategy { try choice(name, of: "result strategy") }

    static func specimen(_ name: String) throws -> Specimen {
        guard let specimen = Specimen(identifier: name) else {
            throw mistake(name, "specimen", (Specimen.all + Specimen.mechanisms).map(\.identifier))
        }
        return specimen
    }

    static func profile(_ name: String) throws -> Profile {
        guard let profile = Profile(named: name) else {
            throw mistake(name, "profile", Profile.all.map(\.name))
        }
        return profile
    }

    /// Profiles with commas between them, each with or without a weight, as in `everything=3,calls`.
    static func profiles(_ text: String) throws -> [ProfileWeight] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            let pieces = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let profile = try profile(String(pieces[0]))
            guard pieces.count > 1 else { return ProfileWeight(profile.name) }
            guard let weight = Int(pieces[1]), (1...ProfileWeight.greatest).contains(weight) else {
                throw ValidationError(
                    "the weight of '\(profile.name)' is a number from 1 to \(ProfileWeight.greatest), and not '\(pieces[1])'"
                )
            }
            return ProfileWeight(profile.name, weight: weight)
        }
    }

    static func shard(_ text: String) throws -> Shard {
        guard let shard = Shard(text) else {
            throw ValidationError("'\(text)' is not a part such as 2/5, of at most \(Shard.mostShards)")
        }
        return shard
    }

    static func types(_ text: String) throws -> [ValueType] {
        do {
            return try TypeList.types(text)
        } catch {
            throw ValidationError(error.description)
        }
    }

    /// One of the cases of an enumeration.
    static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        of what: String
    ) throws -> Choice {
        guard let choice = Choice(rawValue: name) else {
            throw mistake(name, what, Choice.allCases.map(\.rawValue))
        }
        return choice
    }

    private static func mistake(_ name: String, _ what: String, _ choices: [String]) -> ValidationError {
        ValidationError("unknown \(what) '\(name)' (choose from \(choices.joined(separator: ", ")))")
    }
}
