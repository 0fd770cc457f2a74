import Foundation
import Testing

@testable import ReportPage

/// The page as a browser shows it.
struct BrowserTests {
    private static let browser: String? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let paths = ["chromium", "chromium-browser", "google-chrome"].flatMap { name in folders.map { "\($0)/\(name)" }
        }
        return paths.first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    /// How the page is looked at.
    struct View: Sendable, CustomTestStringConvertible {
        let name: String
        let width: Int
        let isDark: Bool

        var testDescription: String { name }
    }

    private static let views = [
        View(name: "light", width: 1280, isDark: false), View(name: "dark", width: 1280, isDark: true),
        View(name: "narrow", width: 390, isDark: false),
    ]

    private func run(_ arguments: [String], in folder: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.browser))
        process.arguments =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
                "--user-data-dir=\(folder)/profile",
            ] + arguments
        let output = "\(folder)/output-\(UUID().uuidString)"
        _ = FileManager.default.createFile(atPath: output, contents: nil)
        process.standardOutput = try FileHandle(forWritingTo: URL(fileURLWithPath: output))
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return try String(contentsOfFile: output, encoding: .utf8)
    }

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "report-browser-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test(.enabled(if: browser != nil, "no Chromium or Chrome in PATH"), arguments: views)
    func `the page is drawn, and nothing of it is wider than the window`(_ view: View) throws {
        try withFolder { folder in
            try SamplePage.withWholePage(String(repeating: "unbroken", count: 60)) { html in
                let page = "\(folder)/page.html"
                try html.write(toFile: page, atomically: false, encoding: .utf8)
                // A window has a least width; a frame has none. What is around the page may have a script, which measures it.
                let dark = view.isDark ? ["--blink-settings=preferredColorScheme=0"] : []
                let frame = "\(folder)/frame.html"
                try """
                <!DOCTYPE html><html><body style="margin:0">
                <iframe src="page.html" style="border:0;width:\(view.width)px;height:2000px"
                onload="const e=this.contentDocument.documentElement;document.title='width '+e.scrollWidth+' of '+e.clientWidth+
                ' '+getComputedStyle(this.contentDocument.body).backgroundColor"></iframe></body></html>
                """.write(toFile: frame, atomically: false, encoding: .utf8)
                let measured = try run(
                    dark + ["--allow-file-access-from-files", "--dump-dom", "file://\(frame)"],
                    in: folder
                )
                let title = try #require(measured.firstMatch(of: /<title>(.*?)<\/title>/), "\(measured.prefix(500))")
                let colour = view.isDark ? "rgb(18, 22, 27)" : "rgb(255, 255, 255)"
                #expect(title.1 == "width \(view.width) of \(view.width) \(colour)")

                let picture = "\(folder)/page.png"
                _ = try run(
                    dark + ["--screenshot=\(picture)", "--window-size=\(view.width),1600", "file://\(page)"],
                    in: folder
                )
                let bytes = try Data(contentsOf: URL(fileURLWithPath: picture))
                // A picture of one colour is compressed to a few thousand bytes.
                #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) && bytes.count > 40_000, "\(bytes.count) bytes")
            }
        }
    }
}
