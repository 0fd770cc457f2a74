import Execution
import WasmFormats
import WasmModel

/// The references of the host that a store has made.
struct WasmtimeExternals {
    /// Room for a reference in any release, as 64-bit words.
    struct Reference {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    }

    /// By the number that the host chose.
    var positions: [UInt32: Int] = [:]
    var references: [Reference] = []
}

extension WasmtimeStore {
    /// Refuses types whose values do not cross the edge.
    func checkCrossing(of types: [ValueType], in module: ValidatedModule) throws(EngineFailure) {
        for type in types {
            guard case .reference(let reference) = type else { continue }
            let crosses =
                switch ReferenceHierarchy(reference.heapType, in: module) {
                case .function: true
                case .external: functions.references != nil
                case .exception, .any: false
                }
            if !crosses { throw .refused("values of type \(TypeList.name(of: type)) at the edge of the library") }
        }
    }

    // MARK: Raw values

    /// Writes arguments as calls without checks take them.
    func write(_ arguments: [WasmValue], to values: ForeignPointer) throws(EngineFailure) {
        // Making references may move others, so all are made before any is written.
        for argument in arguments {
            if case .reference(.external(let number)) = argument { try makeExternal(number) }
        }
        var place = values
        for argument in arguments {
            place.storeBytes(of: try rawBits(of: argument), as: V128.self)
            place += WasmtimeLayout.rawValueSize
        }
    }

    private func rawBits(of argument: WasmValue) throws(EngineFailure) -> V128 {
        switch argument {
        case .i32, .i64, .f32, .f64, .v128, .reference(.null): return argument.rawBits
        case .reference(.external(let number)): return V128(low: rawBits(ofExternal: number, contents), high: 0)
        case .reference(.function(let index)):
            guard let raw = rawFunction(index) else {
                throw .refused("a reference to function \(index) as an argument")
            }
            return V128(low: UInt64(raw), high: 0)
        case .reference(.opaque(let kind)): throw .refused("a reference to '\(kind)' as an argument")
        }
    }

    /// Reads results or arguments of calls without checks, whose types cross the edge.
    func read(_ types: [ValueType], from values: ForeignPointer, in module: ValidatedModule) -> [WasmValue] {
        var read: [WasmValue] = []
        read.reserveCapacity(types.count)
        var place = values
        for type in types {
            let bits = place.load(as: V128.self)
            place += WasmtimeLayout.rawValueSize
            if let number = WasmValue(rawBits: bits, numberOf: type) {
                read.append(number)
            } else if case .reference(let type) = type {
                read.append(.reference(reference(bits.low, ReferenceHierarchy(type.heapType, in: module))))
            }
        }
        return read
    }

    private func reference(_ bits: UInt64, _ hierarchy: ReferenceHierarchy) -> WasmReference {
        switch hierarchy {
        case .function: return bits == 0 ? .null : function(UInt(bits))
        case .external:
            let raw = UInt32(truncatingIfNeeded: bits)
            guard raw != 0 else { return .null }
            guard let references = functions.references else { return .opaque("extern") }
            references.fromRaw(contents, raw, value)
            return takeExternal(at: value)
        case .exception: return .opaque("exn")
        case .any: return .opaque("any")
        }
    }

    // MARK: Values with a kind

    /// Reads the value that the library has put into ``value``, and lets go of what it refers to.
    func takeValue() -> WasmValue {
        let place = value + WasmtimeLayout.unionOffset
        switch value.load(as: UInt8.self) {
        case WasmtimeLayout.ValueKind.i32: return .i32(place.load(as: UInt32.self))
        case WasmtimeLayout.ValueKind.i64: return .i64(place.load(as: UInt64.self))
        case WasmtimeLayout.ValueKind.f32: return .f32(place.load(as: UInt32.self))
        case WasmtimeLayout.ValueKind.f64: return .f64(place.load(as: UInt64.self))
        case WasmtimeLayout.ValueKind.v128:
            return .v128(V128(low: place.load(as: UInt64.self), high: (place + 8).load(as: UInt64.self)))
        case WasmtimeLayout.ValueKind.function:
            // A function of store zero, which there is not, is null.
            if place.load(as: UInt64.self) == 0 { return .reference(.null) }
            return .reference(function(functions.functionToRaw(contents, place)))
        case WasmtimeLayout.ValueKind.external: return .reference(takeExternal(at: place))
        default: return .reference(.opaque("any"))
        }
    }

    // MARK: References of the host

    /// Reads a reference of the host, and lets go of it.
    private func takeExternal(at place: ForeignPointer) -> WasmReference {
        // A reference of store zero, which there is not, is null.
        guard let references = functions.references, place.load(as: UInt64.self) != 0 else { return .null }
        let data = references.data(contents, place)
        unroot(place)
        guard let data else { return .opaque("extern") }
        return .external(UInt32(truncatingIfNeeded: UInt(bitPattern: data) - 1))
    }

    /// Makes the reference of a number, unless it is there; its data are the number and one, so that they are no null pointer.
    func makeExternal(_ number: UInt32) throws(EngineFailure) {
        guard externals.positions[number] == nil else { return }
        guard let references = functions.references else { throw .refused("references of the host") }
        var reference = WasmtimeExternals.Reference()
        let data = ForeignPointer(bitPattern: UInt(number) + 1)
        let isMade = withUnsafeMutablePointer(to: &reference) { references.new(contents, data, nil, $0) }
        guard isMade else { throw .refused("no more references of the host") }
        externals.positions[number] = externals.references.count
        externals.references.append(reference)
    }

    /// The raw bits of a reference that was made; null where none was.
    func rawBits(ofExternal number: UInt32, _ contents: ForeignPointer) -> UInt64 {
        guard let references = functions.references, let position = externals.positions[number] else { return 0 }
        return UInt64(
            withUnsafeMutablePointer(to: &externals.references[position]) { references.toRaw(contents, $0) }
        )
    }

    func releaseExternals() {
        for position in externals.references.indices {
            withUnsafeMutablePointer(to: &externals.references[position]) { unroot($0) }
        }
    }

    private func unroot(_ reference: ForeignPointer) {
        guard let references = functions.references else { return }
        references.unroot(release.unrootsInStore ? contents : reference, reference)
    }

    // MARK: Functions

    /// Names a function by its number in the module, as the exported table `functions` gives them: its element N is function N.
    private func function(_ raw: UInt) -> WasmReference {
        numberFunctions()
        let number = instance?.functionNumbers?[raw] ?? imports.functionIndex(ofRaw: raw)
        return number.map(WasmReference.function) ?? .opaque("func")
    }

    /// What the library knows a function by.
    private func rawFunction(_ index: FunctionIndex) -> UInt? {
        numberFunctions()
        if let numbers = instance?.functionNumbers, let raw = numbers.first(where: { $0.value == index })?.key {
            return raw
        }
        return imports.raw(ofFunction: index.position)
    }

    /// Reads the table `functions`, once.
    private func numberFunctions() {
        guard let instance, instance.functionNumbers == nil else { return }
        self.instance?.functionNumbers = [:]
        let table = instance.module.module.exports.first { $0.name == Self.tableOfFunctions }
        guard case .table(let index)? = table?.item, instance.module.tableTypes[index.position].element == .function
        else { return }
        // This may run while an item or a value is looked at.
        let item = UnsafeMutableRawPointer.allocate(byteCount: 2 * WasmtimeLayout.roomForItem, alignment: 16)
        defer { item.deallocate() }
        let element = item + WasmtimeLayout.roomForItem
        let name = Self.tableOfFunctions
        guard functions.export(contents, instance.pointer, name, name.utf8.count, item) else { return }
        let place = item + WasmtimeLayout.unionOffset
        var numbers: [UInt: FunctionIndex] = [:]
        for position in 0..<functions.tableSize(contents, place) {
            guard functions.tableElement(contents, place, UInt64(position), element) else { break }
            let function = element + WasmtimeLayout.unionOffset
            guard element.load(as: UInt8.self) == WasmtimeLayout.ValueKind.function,
                function.load(as: UInt64.self) != 0
            else { continue }
            let raw = functions.functionToRaw(contents, function)
            if numbers[raw] == nil { numbers[raw] = FunctionIndex(position) }
        }
        self.instance?.functionNumbers = numbers
    }

    private static var tableOfFunctions: String { "functions" }
}
