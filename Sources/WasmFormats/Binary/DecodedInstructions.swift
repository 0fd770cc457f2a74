import WasmModel

/// The instructions of the body that is being decoded, with their offsets, in storage that the next body uses again.
struct DecodedInstructions: ~Copyable {
    private var instructions: UnsafeMutablePointer<Instruction>
    /// In bytes from the start of the module.
    private var offsets: UnsafeMutablePointer<UInt32>
    private var count = 0
    private var capacity = 256

    init() {
        instructions = .allocate(capacity: capacity)
        offsets = .allocate(capacity: capacity)
    }

    deinit {
        instructions.deinitialize(count: count)
        instructions.deallocate()
        offsets.deallocate()
    }

    @inline(__always)
    mutating func append(_ instruction: consuming Instruction, offset: Int) {
        if count == capacity { grow() }
        (instructions + count).initialize(to: instruction)
        offsets[count] = UInt32(truncatingIfNeeded: offset)
        count += 1
    }

    mutating func removeAll() {
        instructions.deinitialize(count: count)
        count = 0
    }

    /// Moves what was collected into arrays without spare capacity.
    mutating func take() -> (instructions: [Instruction], offsets: [UInt32]) {
        let taken = count
        count = 0
        let body = [Instruction](unsafeUninitializedCapacity: taken) { buffer, initialized in
            buffer.baseAddress!.moveInitialize(from: instructions, count: taken)
            initialized = taken
        }
        return (body, [UInt32](UnsafeBufferPointer(start: offsets, count: taken)))
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<Instruction>.allocate(capacity: 2 * capacity)
        larger.moveInitialize(from: instructions, count: count)
        instructions.deallocate()
        instructions = larger
        let largerOffsets = UnsafeMutablePointer<UInt32>.allocate(capacity: 2 * capacity)
        largerOffsets.moveInitialize(from: offsets, count: count)
        offsets.deallocate()
        offsets = largerOffsets
        capacity *= 2
    }
}
