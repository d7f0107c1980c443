package dev.runbook.yaml;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads a file that somebody wrote. UTF-8, with or without a byte order mark. */
public final class SourceReader {
    /** No file may be larger; in bytes. */
    public static final int MAX_BYTES = 1 << 20;
    /** In UTF-16 code units. What looks at a file may look at a line once for each thing in it. */
    private static final int MAX_LINE_LENGTH = 5_000;

    private SourceReader() {}

    /** The text of a file, or one diagnostic that says why there is none. Messages call the file by the path as given. */
    public static Checked<Source> read(Path path) {
        return read(path, path.toString().replace('\\', '/'));
    }

    /** As {@link #read(Path)}; messages call the file by another name. */
    public static Checked<Source> read(Path path, String name) {
        try {
            if (Files.isDirectory(path)) {
                return refused(name, "This is a folder. Name a file in it.");
            }
            return decode(name, bytes(path));
        } catch (NoSuchFileException missing) {
            return refused(name, "There is no such file.");
        } catch (AccessDeniedException denied) {
            return refused(name, "The file may not be read by this user.");
        } catch (IOException failure) {
            return refused(name, "The file cannot be read: " + failure.getMessage());
        }
    }

    /**
     * The bytes of a file, and of one that is too large or has no end one more than {@link #MAX_BYTES}: {@link #decode} refuses
     * those.
     */
    public static byte[] bytes(Path path) throws IOException {
        try (InputStream stream = Files.newInputStream(path)) {
            return bytes(stream);
        }
    }

    /** As {@link #bytes(Path)}, of a stream. */
    public static byte[] bytes(InputStream stream) throws IOException {
        return stream.readNBytes(MAX_BYTES + 1);
    }

    /**
     * The text of some bytes.
     *
     * @param name what messages call it
     */
    public static Checked<Source> decode(String name, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return refused(name, "The file is larger than 1 MB. No runbook and no site file is.");
        }
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult end = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true);
        Source source = Source.of(name, text.flip().toString());
        return end.isError() ? notUtf8(source) : bounded(source);
    }

    /** The source ends where the first wrong byte stands. */
    private static Checked<Source> notUtf8(Source source) {
        int last = source.lines().size();
        return refused(
                source,
                new Position(last, source.line(last).length() + 1),
                "encoding",
                "The file is not UTF-8 here. Save it again as UTF-8; editors of Windows offer that under \"Save as\".");
    }

    private static Checked<Source> bounded(Source source) {
        for (int line = 1; line <= source.lines().size(); line++) {
            if (source.line(line).length() > MAX_LINE_LENGTH) {
                return refused(
                        Source.unread(source.name()),
                        new Position(line, MAX_LINE_LENGTH + 1),
                        "file",
                        "A line longer than " + MAX_LINE_LENGTH + " characters is not read. Break it into several.");
            }
        }
        return Checked.of(source, List.of());
    }

    private static Checked<Source> refused(String name, String message) {
        return refused(Source.unread(name), Position.START, "file", message);
    }

    private static Checked<Source> refused(Source source, Position position, String rule, String message) {
        return Checked.failed(List.of(Diagnostic.error(Origin.of(source, Span.at(position)), rule, message)));
    }
}
