package dev.runbook.journal;

import dev.runbook.event.RunEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a journal back and proves it whole. */
public final class JournalReader {
    private final EventCodec codec = new EventCodec();

    /**
     * A journal as it was found.
     *
     * @param path the file
     * @param entries the whole lines
     * @param length of the whole lines, in bytes
     * @param torn whether something behind them was cut off by a crash
     */
    public record Read(Path path, List<Entry> entries, long length, boolean torn) {
        /** Copies the entries. */
        public Read {
            entries = List.copyOf(entries);
        }

        /** The events alone. */
        public List<RunEvent> events() {
            return entries.stream().map(Entry::event).toList();
        }
    }

    /** What came of reading: a journal, or one sentence that says from which line on it cannot be trusted. */
    public sealed interface Result {
        /** It is whole, a torn last line aside. */
        record Whole(Read read) implements Result {}

        /**
         * It was changed, or is no journal.
         *
         * @param line counted from 1; 0 for the file as a whole
         * @param message one sentence
         */
        record Broken(int line, String message) implements Result {}
    }

    /** Reads a file. A last line without its line end was torn by a crash and is left out; anything else must be whole. */
    public Result read(Path path) {
        byte[] content;
        try {
            content = Files.readAllBytes(path);
        } catch (IOException e) {
            return new Result.Broken(0, "The journal " + path + " cannot be read: " + e.getMessage());
        }
        int whole = endOfLastLine(content);
        List<String> lines =
                new String(content, 0, whole, StandardCharsets.UTF_8).lines().toList();
        List<Entry> entries = new ArrayList<>();
        String hash = HashChain.START;
        for (String line : lines) {
            Optional<Entry> entry = entry(line, hash);
            if (entry.isEmpty()) {
                int number = entries.size() + 1;
                return new Result.Broken(
                        number,
                        "Line " + number + " of " + path
                                + " was changed after it was written, or lines are missing before it.");
            }
            entries.add(entry.get());
            hash = entry.get().hash();
        }
        if (entries.isEmpty() || !(entries.get(0).event() instanceof RunEvent.RunStarted)) {
            return new Result.Broken(0, path + " holds no run.");
        }
        return new Result.Whole(new Read(path, entries, whole, whole < content.length));
    }

    private Optional<Entry> entry(String line, String before) {
        return HashChain.check(line, before).flatMap(hash -> parse(line, hash));
    }

    private Optional<Entry> parse(String line, String hash) {
        try {
            JsonNode tree = codec.tree(line);
            Instant time = Instant.parse(tree.path("time").stringValue());
            return Optional.of(
                    new Entry(tree.path("number").longValue(), time, codec.read(EventMasking.harmless(tree)), hash));
        } catch (JacksonException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int endOfLastLine(byte[] content) {
        int end = content.length;
        while (end > 0 && content[end - 1] != '\n') {
            end--;
        }
        return end;
    }
}
