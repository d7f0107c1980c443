package dev.runbook.editor;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A runbook in an editor. It never lies on disk: what is typed is all that the server sees.
 *
 * @param uri under which it is open
 * @param text with the first line that names the schema
 * @param cursor an offset
 */
record Document(String uri, String text, int cursor) {
    static final char CURSOR = '§';
    private static final String MODELINE = "# yaml-language-server: $schema=../../schema/runbook.schema.json\n";

    /** A new document; a {@code §} says where the cursor stands. */
    static Document of(String name, String written) {
        Path file = Path.of("target/editor", name + ".yaml");
        String text = MODELINE + written;
        int cursor = text.indexOf(CURSOR);
        return new Document(
                file.toAbsolutePath().toUri().toString(),
                cursor < 0 ? text : text.substring(0, cursor) + text.substring(cursor + 1),
                Math.max(cursor, 0));
    }

    /** A document without the first line, of that name. */
    static Document plain(String file, String written) {
        return new Document(
                Path.of("target/editor", file).toAbsolutePath().toUri().toString(), written, 0);
    }

    Document at(int offset) {
        return new Document(uri, text, offset);
    }

    /** The place of the cursor, as the protocol says it. */
    Map<String, ?> place() {
        List<String> before = List.of(text.substring(0, cursor).split("\n", -1));
        return Map.of(
                "textDocument",
                Map.of("uri", uri),
                "position",
                Map.of(
                        "line",
                        before.size() - 1,
                        "character",
                        before.get(before.size() - 1).length()));
    }

    /** The text that a range of the protocol covers. */
    String covered(JsonNode range) {
        return text.substring(offset(range.path("start")), offset(range.path("end")));
    }

    private int offset(JsonNode position) {
        List<String> lines = text.lines().toList();
        int above = IntStream.range(0, position.path("line").asInt())
                .map(line -> lines.get(line).length() + 1)
                .sum();
        return above + position.path("character").asInt();
    }

    /** The document with a proposal taken at the cursor, every placeholder left as proposed; lines are indented as editors do. */
    String with(String proposed) {
        int line = text.lastIndexOf('\n', cursor - 1) + 1;
        String before = text.substring(line, cursor);
        String indent =
                before.substring(0, before.length() - before.stripLeading().length());
        String accepted = Snippet.accepted(proposed).replace("\n", "\n" + indent);
        return text.substring(MODELINE.length(), cursor) + accepted + text.substring(cursor);
    }
}
