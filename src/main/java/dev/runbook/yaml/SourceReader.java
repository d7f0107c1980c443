package dev.runbook.yaml;

import dev.runbook.diagnostic.Checked;
import dev.runbook.diagnostic.Diagnostic;
import dev.runbook.diagnostic.Origin;
import dev.runbook.diagnostic.Position;
import dev.runbook.diagnostic.Source;
import dev.runbook.diagnostic.Span;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
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
            if (Files.size(path) > MAX_BYTES) {
                return refused(name, "The file is larger than 1 MB. No runbook and no site file is.");
            }
            return decode(name, Files.readAllBytes(path));
        } catch (NoSuchFileException missing) {
            return refused(name, "There is no such file.");
        } catch (AccessDeniedException denied) {
            return refused(name, "The file may not be read by this user.");
        } catch (IOException failure) {
            return refused(name, "The file cannot be read: " + failure.getMessage());
        }
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
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        try {
            return Checked.of(
                    Source.of(name, decoder.decode(ByteBuffer.wrap(bytes)).toString()), List.of());
        } catch (CharacterCodingException notUtf8) {
            return notUtf8(name, bytes);
        }
    }

    /** Reads the text up to the first wrong byte in order to say where it stands. */
    private static Checked<Source> notUtf8(String name, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        Source source = Source.of(name, text);
        int wrong = firstWrongCharacter(bytes, text);
        int line = Source.of(name, text.substring(0, wrong)).lines().size();
        int column = 1 + wrong - lineStart(text, wrong);
        return Checked.failed(
                List.of(
                        Diagnostic.error(
                                Origin.of(source, Span.at(new Position(line, column))),
                                "encoding",
                                "The file is not UTF-8 here. Save it again as UTF-8; editors of Windows offer that under \"Save as\".")));
    }

    private static int firstWrongCharacter(byte[] bytes, String text) {
        int at = text.indexOf('\uFFFD');
        byte[] genuine = "\uFFFD".getBytes(StandardCharsets.UTF_8);
        while (at >= 0) {
            int offset = text.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
            boolean written = offset + genuine.length <= bytes.length
                    && ByteBuffer.wrap(bytes, offset, genuine.length).equals(ByteBuffer.wrap(genuine));
            if (!written) {
                return at;
            }
            at = text.indexOf('\uFFFD', at + 1);
        }
        return 0;
    }

    private static int lineStart(String text, int offset) {
        return Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
    }

    private static Checked<Source> refused(String name, String message) {
        Origin nowhere = Origin.of(Source.unread(name), Span.at(Position.START));
        return Checked.failed(List.of(Diagnostic.error(nowhere, "file", message)));
    }
}
