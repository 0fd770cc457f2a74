import ArgumentParser

@main
struct FuzzMultivalue: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "fuzz-multivalue")
}
