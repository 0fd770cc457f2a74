import WasmModel

/// Functions on descriptors. At first there are standard input, output and error, and none can be opened.
///
/// Where a descriptor lacks the right to a function, the answer is that it is not capable, as the interface has it; going to a place in a
/// stream is an invalid seek, as in POSIX.
extension SystemInterface {
    /// The answer of a function that no stream has.
    func refusal(of descriptor: UInt64, _ error: SystemErrorNumber) -> SystemErrorNumber {
        descriptors[descriptor] == nil ? .badDescriptor : error
    }

    func close(_ descriptor: UInt64) -> SystemErrorNumber {
        descriptors.removeValue(forKey: descriptor) == nil ? .badDescriptor : .success
    }

    /// Puts a descriptor in the place of another, which is closed. Both have to be open.
    func renumber(_ descriptor: UInt64, to other: UInt64) -> SystemErrorNumber {
        guard let moved = descriptors[descriptor], descriptors[other] != nil else { return .badDescriptor }
        descriptors[descriptor] = nil
        descriptors[other] = moved
        return .success
    }

    func describe(
        _ descriptor: UInt64,
        _ description: KeyPath<SystemDescriptor, [UInt64]>,
        at address: UInt64,
        _ memory: SystemMemory
    ) -> SystemErrorNumber {
        guard let open = descriptors[descriptor] else { return .badDescriptor }
        return memory.store(open[keyPath: description], at: address) ? .success : .fault
    }

    func fileStatus(_ descriptor: UInt64, at address: UInt64, _ memory: SystemMemory) -> SystemErrorNumber {
        guard descriptors[descriptor]?.rights.contains(.fileStatus) != false else { return .notCapable }
        return describe(descriptor, \.fileStatus, at: address, memory)
    }

    /// Reads nothing: the input is at its end.
    func read(_ descriptor: UInt64, countAt address: UInt64, _ memory: SystemMemory) -> SystemErrorNumber {
        guard let open = descriptors[descriptor] else { return .badDescriptor }
        guard open.rights.contains(.read) else { return .notCapable }
        return memory.store(UInt32(0), at: address) ? .success : .fault
    }

    func write(
        _ function: SystemFunction,
        _ numbers: [UInt64],
        _ memory: SystemMemory,
        _ effects: inout Effects
    ) -> SystemErrorNumber {
        guard let open = descriptors[numbers[0]] else { return .badDescriptor }
        guard open.rights.contains(.write) else { return .notCapable }
        guard numbers[2] <= Self.mostVectors else { return .invalid }
        effects.byteCount = numbers[2] * 8
        var written: [UInt8] = []
        // What was copied is paid for, whatever becomes of it.
        defer { effects.byteCount += UInt64(written.count) }
        for vector in 0..<numbers[2] {
            guard let start = memory.load(UInt32.self, at: numbers[1] + vector * 8),
                let count = memory.load(UInt32.self, at: numbers[1] + vector * 8 + 4),
                let bytes = memory.bytes(at: UInt64(start), count: UInt64(count))
            else { return .fault }
            // The rest is for the next call, as with any descriptor.
            written += bytes.prefix(Self.mostBytes - written.count)
        }
        guard memory.store(UInt32(written.count), at: numbers[3]) else { return .fault }
        effects.loggedCall = HostCall(
            importOrdinal: function.importOrdinal,
            arguments: WrittenText(descriptor: UInt32(numbers[0]), bytes: written).arguments
        )
        return .success
    }
}
