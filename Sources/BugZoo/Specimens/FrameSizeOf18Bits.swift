extension Specimen {
    /// 256 KiB are enough for the frame of any program that somebody wrote.
    static let frameSizeOf18Bits = Specimen(
        "frame-size-of-18-bits",
        references: ["bugzilla.mozilla.org#1280934"],
        trigger: "a frame of 256 KiB and more, as for 50,000 f64 locals",
        mechanism: "the size of a frame is kept in 18 bits",
        limits: .frame(bytes: 0x3FFFF)
    ) { pipeline in
        pipeline.emission.changeFrame = { frame, _, _ in frame.size &= 0x3FFFF }
    }
}
