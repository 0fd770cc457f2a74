import SSA
import Testing
import X64Backend

@testable import MachineCode

/// Where the areas of a frame lie.
@Suite struct FrameLayoutTests {
    let machine = X64Backend().machine

    @Test func `areas lie above each other from the stack pointer, aligned to 16 bytes`() throws {
        var function = MachineFunction(name: "f", shape: .compiled)
        function.outgoingArgumentSize = 48
        function.resultAreaSize = 32
        function.valuesAreaSize = 16
        function.incomingArgumentSize = 64
        let frame = try FrameLayout(of: function, spillSlotCount: 3, on: machine, limits: CompilationLimits())
        #expect(frame.offset(of: .outgoingArguments) == 0)
        #expect(frame.offset(of: .results) == 48)
        #expect(frame.offset(of: .values) == 80)
        #expect(frame.offset(ofSlot: 0) == 96)
        #expect(frame.offset(ofSlot: 2) == 112)
        #expect(frame.size == 128)
        #expect(frame.entrySize == 0)
        #expect(frame.offset(of: .incomingArguments) == 16)
    }

    @Test func `an entry stub keeps the host's registers at the top`() throws {
        let function = MachineFunction(name: "stub", shape: .entryStub)
        let frame = try FrameLayout(of: function, spillSlotCount: 0, on: machine, limits: CompilationLimits())
        let entry = EntryFrame(on: machine)
        #expect(frame.size == entry.size)
        #expect(entry.size % 16 == 0)
        let offsets = entry.savedRegisters.map(\.offset) + [EntryFrame.previousEntryFramePointer]
        #expect(Set(offsets).count == machine.hostSaved.count + 1)
        #expect(offsets.allSatisfy { -entry.size <= $0 && $0 <= -8 })
    }

    @Test func `a frame beyond the limit is refused with its size`() throws {
        let function = MachineFunction(name: "f", shape: .compiled)
        var limits = CompilationLimits()
        limits.frameSize = 1 << 20
        #expect(throws: CompilationError(.limit(.frameSize, actual: (1 << 20) + 16, limit: 1 << 20))) {
            try FrameLayout(of: function, spillSlotCount: (1 << 17) + 1, on: machine, limits: limits)
        }
        #expect(
            try FrameLayout(of: function, spillSlotCount: 1 << 17, on: machine, limits: limits).size == 1 << 20
        )
    }
}
