import WasmModel

/// The names of the address spaces of a store; they have no values.
///
/// Spec: core 3.0, section 4.2.2 "Addresses".
public enum StoreSpace {
    public enum Functions {}
    public enum Tables {}
    public enum Memories {}
    public enum Globals {}
    public enum Tags {}
}

public typealias FunctionAddress = Index<StoreSpace.Functions>
public typealias TableAddress = Index<StoreSpace.Tables>
public typealias MemoryAddress = Index<StoreSpace.Memories>
public typealias GlobalAddress = Index<StoreSpace.Globals>
public typealias TagAddress = Index<StoreSpace.Tags>

/// An item of a store that can be imported and exported.
///
/// Spec: core 3.0, section 4.2.12 "External Instances".
public enum ExternalValue: Hashable, Sendable {
    case function(FunctionAddress)
    case table(TableAddress)
    case memory(MemoryAddress)
    case global(GlobalAddress)
    case tag(TagAddress)
}
