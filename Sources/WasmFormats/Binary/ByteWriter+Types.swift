import ByteCoding
import WasmModel

/// Types in the binary format.
///
/// Spec: core 3.0, section 5.3 "Types".
extension ByteWriter {
    mutating func append(_ group: Range<Int>, of types: [SubType]) {
        if group.count != 1 {
            byte(0x4E)
            count(group.count)
        }
        for position in group { append(types[position]) }
    }

    private mutating func append(_ type: SubType) {
        if !type.isFinal || !type.supertypes.isEmpty {
            byte(type.isFinal ? 0x4F : 0x50)
            count(type.supertypes.count)
            for supertype in type.supertypes { unsigned(supertype.rawValue) }
        }
        switch type.composite {
        case .function(let function):
            byte(0x60)
            append(function.parameters)
            append(function.results)
        case .structure(let fields):
            byte(0x5F)
            count(fields.count)
            for field in fields { append(field) }
        case .array(let element):
            byte(0x5E)
            append(element)
        }
    }

    private mutating func append(_ field: FieldType) {
        switch field.storage {
        case .value(let type): append(type)
        case .packedI8: byte(0x78)
        case .packedI16: byte(0x77)
        }
        byte(field.isMutable ? 1 : 0)
    }

    mutating func append(_ types: [ValueType]) {
        count(types.count)
        for type in types { append(type) }
    }

    mutating func append(_ type: ValueType) {
        switch type {
        case .i32: byte(0x7F)
        case .i64: byte(0x7E)
        case .f32: byte(0x7D)
        case .f64: byte(0x7C)
        case .v128: byte(0x7B)
        case .reference(let reference): append(reference)
        }
    }

    mutating func append(_ type: ReferenceType) {
        if type.isNullable, let code = type.heapType.byte {
            byte(code)
        } else {
            byte(type.isNullable ? 0x63 : 0x64)
            append(type.heapType)
        }
    }

    mutating func append(_ type: HeapType) {
        if case .defined(let index) = type {
            signed(Int64(index.rawValue))
        } else if let code = type.byte {
            byte(code)
        }
    }

    mutating func append(_ type: ExternalType) {
        switch type {
        case .function(let index):
            byte(0)
            unsigned(index.rawValue)
        case .table(let table):
            byte(1)
            append(table)
        case .memory(let memory):
            byte(2)
            append(memory.addressType, memory.limits)
        case .global(let global):
            byte(3)
            append(global)
        case .tag(let index):
            byte(4)
            appendTag(index)
        }
    }

    mutating func append(_ type: TableType) {
        append(type.element)
        append(type.addressType, type.limits)
    }

    mutating func append(_ type: GlobalType) {
        append(type.valueType)
        byte(type.isMutable ? 1 : 0)
    }

    mutating func appendTag(_ index: TypeIndex) {
        byte(0)
        unsigned(index.rawValue)
    }

    mutating func append(_ addressType: AddressType, _ limits: Limits) {
        byte((limits.maximum == nil ? 0 : 1) | (addressType == .i64 ? 4 : 0))
        unsigned(limits.minimum)
        if let maximum = limits.maximum { unsigned(maximum) }
    }
}
