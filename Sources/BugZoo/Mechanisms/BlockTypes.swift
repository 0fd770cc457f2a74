import MachineCode
import WasmFormats
import WasmModel

extension PipelineConfiguration {
    /// Changes what block types with the index of a type are decoded as.
    /// - Parameter change: gets the index; nil where what stands there is malformed.
    mutating func changeBlockTypes(_ change: @escaping @Sendable (UInt32) -> BlockType?) {
        let decode = decode
        self.decode = { (bytes) throws(DecodingError) in
            var module = try decode(bytes)
            for function in module.functions.indices {
                for position in module.functions[function].body.indices {
                    guard let index = module.functions[function].body[position].typeOfBlock else { continue }
                    guard let type = change(index.rawValue) else {
                        let offset = module.functions[function].offsets[position].map { Int($0) }
                        throw DecodingError("malformed block type", offset: offset ?? 0)
                    }
                    module.functions[function].body[position].setBlockType(type)
                }
            }
            return module
        }
    }
}

extension Instruction {
    /// The index that is the type of the block which the instruction opens.
    fileprivate var typeOfBlock: TypeIndex? {
        switch immediate {
        case .block(.type(let index)), .tryTable(.type(let index), _): index
        default: nil
        }
    }

    fileprivate mutating func setBlockType(_ type: BlockType) {
        switch immediate {
        case .tryTable(_, let clauses): immediate = .tryTable(type, clauses)
        default: immediate = .block(type)
        }
    }
}

extension BlockType {
    /// The type that a negative number stands for, which has the place of an index; nil where none does.
    ///
    /// Spec: core 3.0, section 5.4.1 "Control Instructions" (block types).
    init?(negative number: Int64) {
        switch number {
        case -64: self = .empty
        case -1: self = .result(.i32)
        case -2: self = .result(.i64)
        case -3: self = .result(.f32)
        case -4: self = .result(.f64)
        case -5: self = .result(.v128)
        case -16: self = .result(.reference(.function))
        case -17: self = .result(.reference(ReferenceType(isNullable: true, .external)))
        case -23: self = .result(.reference(ReferenceType(isNullable: true, .exception)))
        default: return nil
        }
    }
}
