import ArgumentParser
import WasmModel

/// The option by which commands choose what modules may use.
struct FeatureOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("What modules may use: mvp, 2.0 or 3.0; anything beyond is refused.", valueName: "release"),
        transform: Self.release
    )
    var features: FeatureSet = .wasm3

    private static func release(_ name: String) throws -> FeatureSet {
        guard let release = FeatureSet.releases.first(where: { $0.name == name }) else {
            let names = FeatureSet.releases.map(\.name).joined(separator: ", ")
            throw ValidationError("unknown features '\(name)' (choose from \(names))")
        }
        return release.features
    }
}
