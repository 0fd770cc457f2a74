import Testing

@testable import Runtime

/// Memory that was given back and is taken again.
@Suite struct PagePoolTests {
    @Test(arguments: [1, 4096, 16 << 10, 64 << 10, 9 << 20])
    func `Pages are zeros, whoever had them before`(size: Int) throws {
        for filler in UInt8(1)...3 {
            let pages = try ZeroedPages(size: size)
            let bytes = UnsafeRawBufferPointer(start: pages.start, count: pages.size)
            #expect(bytes.allSatisfy { $0 == 0 })
            pages.start.initializeMemory(as: UInt8.self, repeating: filler, count: pages.size)
        }
    }

    @Test func `Pages behind a guard are zeros, too, and not those without one`() throws {
        let guardSize = ZeroedPages.systemPageSize
        for _ in 0..<3 {
            let pages = try ZeroedPages(size: 4 * guardSize, guardSize: guardSize)
            let plain = try ZeroedPages(size: 4 * guardSize)
            for (memory, first) in [(pages, guardSize), (plain, 0)] {
                let bytes = UnsafeMutableRawBufferPointer(start: memory.start + first, count: memory.size - first)
                #expect(bytes.allSatisfy { $0 == 0 })
                for position in bytes.indices { bytes[position] = 0xEE }
            }
        }
    }

    @Test func `Nothing of earlier code is left behind other code`() throws {
        for (filler, count) in [(UInt8(0xAA), 12_000), (0xBB, 9000), (0xCC, 12_288), (0xDD, 3)] {
            let memory = try ExecutableMemory(code: [UInt8](repeating: filler, count: count))
            let bytes = UnsafeRawBufferPointer(start: memory.start, count: memory.size)
            #expect(bytes.prefix(count).allSatisfy { $0 == filler })
            #expect(bytes.dropFirst(count).allSatisfy { $0 == 0 })
        }
    }

    @Test func `Two that are alive have nothing in common`() throws {
        let first = try ZeroedPages(size: 4096)
        let second = try ZeroedPages(size: 4096)
        first.start.storeBytes(of: 7, as: UInt64.self)
        #expect(second.start.load(as: UInt64.self) == 0)
        #expect(first.start != second.start)
    }

    @Test func `Address space that was in use before is out of use`() throws {
        for _ in 0..<3 {
            let reserved = try ReservedPages(capacity: 1 << 20)
            #expect(reserved.commit(bytes: 8192))
            let bytes = UnsafeRawBufferPointer(start: reserved.start, count: 8192)
            #expect(bytes.allSatisfy { $0 == 0 })
            reserved.start.initializeMemory(as: UInt8.self, repeating: 1, count: 8192)
        }
    }
}
