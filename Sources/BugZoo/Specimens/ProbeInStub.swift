import MachineCode

extension Specimen {
    /// Compiled functions are linked, stubs are copied to where they run.
    static let probeInStub = Specimen(
        "probe-in-stub",
        references: ["bytecodealliance/wasmtime#1322"],
        trigger: "an export with so many parameters or results that the frame of its stub is larger than a page",
        mechanism: "a frame beyond a page is probed by a function of the runtime, which a stub has no relocation for",
        limits: .most(240...256, "results") + .most(496...512, "results") + .most(160...256, "parameters")
    ) { pipeline in
        pipeline.changeEntryStubs { (stub, _, machine, _) throws(CompilationError) in
            let frame = try FrameLayout(of: stub, spillSlotCount: 0, on: machine, limits: CompilationLimits())
            // Each refers to a function of which only the linker knows the address.
            let probeCount = frame.size / pageSize
            guard probeCount == 0 else { throw CompilationError(.brokenInvariant("a stub has no relocations")) }
        }
    }

    /// In bytes.
    private static let pageSize = 4096
}
