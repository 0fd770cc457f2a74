import Execution
import Foundation
import Testing

struct NamedBytesCodingTests {
    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 3 * 65_536])
    func `a memory is read as it was written`(_ size: Int) throws {
        var bytes = [UInt8](repeating: 0, count: size)
        if size > 1 { bytes[size - 2] = 7 }
        let memory = NamedBytes(name: "m", bytes: bytes)
        #expect(try JSONDecoder().decode(NamedBytes.self, from: try JSONEncoder().encode(memory)) == memory)
    }

    @Test
    func `only the runs of blocks that are not zero are written`() throws {
        var bytes = [UInt8](repeating: 0, count: 2_000)
        for position in [0, 300, 1_999] { bytes[position] = 1 }
        let text = String(decoding: try JSONEncoder().encode(NamedBytes(name: "m", bytes: bytes)), as: UTF8.self)
        #expect(text.components(separatedBy: "offset").count - 1 == 2)
        #expect(text.contains("\"offset\":0") && text.contains("\"offset\":1792"))
    }

    @Test
    func `a large memory of zeros is short in text`() throws {
        let memory = NamedBytes(name: "m", bytes: [UInt8](repeating: 0, count: 64 << 20))
        #expect(try JSONEncoder().encode(memory).count < 100)
    }

    @Test(arguments: [
        #"{"name": "m", "size": 8, "pieces": [{"offset": 8, "bytes": "AA=="}]}"#,
        #"{"name": "m", "size": 8, "pieces": [{"offset": -1, "bytes": "AA=="}]}"#,
        #"{"name": "m", "size": 8, "pieces": [{"offset": 9223372036854775807, "bytes": "AA=="}]}"#,
        #"{"name": "m", "size": -1, "pieces": []}"#,
    ])
    func `text that is no memory is an error`(_ text: String) {
        #expect(throws: (any Error).self) { try JSONDecoder().decode(NamedBytes.self, from: Data(text.utf8)) }
    }
}
