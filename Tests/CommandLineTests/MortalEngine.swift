/// A host whose engine dies in every case with calls.
enum MortalEngine {
    /// The value of `--engine` that names it `mortal`.
    /// - Parameter phase: in which it dies; `execute` is a matter of memory safety, and `compile` is not.
    static func definition(dyingIn phase: String, _ tool: CommandLineTool) throws -> String {
        let script = """
            while read line; do
              case $line in
                *describe*) echo '{"version":1,"description":{"name":"mortal","release":"1"}}';;
                *'"invocations":[]'*)
                  echo '{"version":1,"result":{"outcome":"completed","observation":{"invocations":[],"instances":[{}]}}}';;
                *'"_start"'*)
                  echo '{"version":1,"result":{"outcome":"completed","observation":{"invocations":[{"end":"returned","values":[]}],"instances":[{}]}}}';;
                *) echo 'phase \(phase) mortal' >&2; kill -SEGV $$;;
              esac
            done
            """
        return "mortal=host:sh \(try tool.write(script, to: "mortal.sh"))"
    }

    /// A campaign in it, of valid modules alone, with its findings in `found` and its summary in `s.json`.
    static func campaign(dyingIn phase: String, _ tool: CommandLineTool) throws -> CommandLineTool.Ending {
        let engine = try definition(dyingIn: phase, tool)
        return try tool.run(
            [
                "fuzz", "--engine", engine, "--profile", "calls", "--time", "20", "--cases", "3", "--crashes", "found",
                "--json", "s.json",
            ]
        )
    }
}
