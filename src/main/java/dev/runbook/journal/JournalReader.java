package dev.runbook.journal;

import dev.runbook.base.Harmless;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a journal back and proves it whole. Writes nothing, and reads no more than a journal can have. */
public final class JournalReader {
    /** No journal is larger; in bytes. */
    public static final long MAX_BYTES = 1L << 30;

    /** The format that this program writes; it reads those up to it. */
    public static final int FORMAT = 2;

    /** The first format whose journals have the number and the hash of their last line in a second file from the start. */
    private static final int KEPT_TWICE = 2;

    /** So many digits of a hash stand for it. */
    public static final int SHORT_HASH = 16;

    /** What a hash looks like that somebody kept elsewhere: whole, or its first digits. */
    public static final String HASH = "[0-9a-fA-F]{16,64}";

    /** The longest event there is holds 200 rows. */
    private static final int MAX_LINE = 1 << 25;

    /** What lies further apart cannot be counted in nanoseconds; no clock is that wrong. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private static final Pattern LAST = Pattern.compile("(\\d{19}) ([0-9a-f]{64})\n");

    private final EventCodec codec = new EventCodec();

    /**
     * A journal as it was found.
     *
     * @param path the file
     * @param entries the whole lines
     * @param length of the whole lines, in bytes
     * @param size of all that was read, in bytes
     * @param endKept whether the second file says up to which line it went at least; else lines that are missing at its end are
     *     not noticed
     */
    public record Read(Path path, List<Entry> entries, long length, long size, boolean endKept) {
        /** Copies the entries. */
        public Read {
            entries = List.copyOf(entries);
        }

        /** Whether something after the whole lines was cut off by a crash. */
        public boolean torn() {
            return size > length;
        }

        /** The last line. */
        public Entry end() {
            return entries.get(entries.size() - 1);
        }

        /**
         * Whether the second file was taken away, so that lines may be missing at the end: why, in one sentence. Empty where it
         * is there, and for a journal of an earlier version, which need not have had one.
         */
        public Optional<String> openEnd() {
            boolean open = !endKept
                    && entries.get(0).event() instanceof RunEvent.RunStarted start
                    && start.format() >= KEPT_TWICE;
            return open
                    ? Optional.of(
                            last(path) + " is gone, or is not as this program writes it: whether lines are missing"
                                    + " at the end of the journal cannot be told.")
                    : Optional.empty();
        }

        /** The events alone. */
        public List<RunEvent> events() {
            return entries.stream().map(Entry::event).toList();
        }

        /** The entry with that hash, of which at least the first {@value JournalReader#SHORT_HASH} digits are given. */
        public Optional<Entry> entryOf(String hash) {
            String wanted = hash.toLowerCase(Locale.ROOT);
            return entries.stream()
                    .filter(entry ->
                            wanted.length() >= SHORT_HASH && entry.hash().startsWith(wanted))
                    .findFirst();
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
        return read(path, MAX_BYTES);
    }

    /**
     * The same.
     *
     * @param most a file of more bytes is refused unread
     */
    public Result read(Path path, long most) {
        // whoever writes writes the journal first: read the other way round, one line may be missing here and none
        // there
        Optional<Matcher> last = endOf(path);
        List<Entry> entries = new ArrayList<>();
        String hash = JournalFile.HashChain.START;
        long length = 0;
        long size = 0;
        try {
            if (!PrivateFiles.isPlain(path)) {
                return new Result.Broken(0, path + " is no plain file, and no journal.");
            }
            if (Files.size(path) > most) {
                return new Result.Broken(
                        0,
                        path + " is larger than " + (most >> 20) + " MB: it is no journal, or none to be read here.");
            }
            try (InputStream stream = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
                ByteArrayOutputStream line = new ByteArrayOutputStream();
                while (next(stream, line)) {
                    byte[] bytes = line.toByteArray();
                    int number = entries.size() + 1;
                    String text = bytes.length > MAX_LINE ? "" : new String(bytes, StandardCharsets.UTF_8);
                    Optional<Entry> entry = entry(text, hash, number);
                    if (number == 1 || entry.isEmpty()) {
                        Optional<String> newer = newer(text, hash);
                        if (newer.isPresent()) {
                            return new Result.Broken(number, "Line " + number + " of " + path + newer.get());
                        }
                    }
                    if (entry.isEmpty()) {
                        return changed(path, number);
                    }
                    entries.add(entry.get());
                    hash = entry.get().hash();
                    length += bytes.length + 1L;
                }
                size = length + line.size();
                if (line.size() > MAX_LINE) {
                    return changed(path, entries.size() + 1);
                }
            }
        } catch (IOException e) {
            return new Result.Broken(0, "The journal " + path + " cannot be read: " + e.getMessage());
        }
        if (entries.isEmpty() || !(entries.get(0).event() instanceof RunEvent.RunStarted)) {
            return new Result.Broken(0, path + " holds no run.");
        }
        // a run that began meanwhile has made it since
        boolean endKept = last.isPresent() || endOf(path).isPresent();
        return last.flatMap(written -> missing(path, entries, Long.parseLong(written.group(1)), written.group(2)))
                .orElse(new Result.Whole(new Read(path, entries, length, size, endKept)));
    }

    /** Says that something is no {@link #HASH}, as an option names it. */
    public static String noHash(String hash) {
        return "--last " + hash + " is no hash: 16 to 64 hexadecimal digits.";
    }

    /** Where the number and the hash of the last line are kept besides. */
    static Path last(Path journal) {
        return journal.resolveSibling(journal.getFileName() + ".last");
    }

    /** What stands there: always as long, so that it can be written over. */
    static byte[] lastLine(long number, String hash) {
        return String.format(Locale.ROOT, "%019d %s%n", number, hash)
                .replace(System.lineSeparator(), "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** What is not there, or is not what this program writes, says nothing. */
    private static Optional<Matcher> endOf(Path journal) {
        try {
            byte[] content = PrivateFiles.read(last(journal), 100);
            return Optional.of(LAST.matcher(new String(content, StandardCharsets.UTF_8)))
                    .filter(Matcher::matches);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A journal is at least as long as it was when it was last written to. */
    private static Optional<Result> missing(Path path, List<Entry> entries, long number, String hash) {
        if (number > entries.size()) {
            return Optional.of(new Result.Broken(
                    entries.size() + 1,
                    path + " ends after line " + entries.size() + ", but line " + number + " was written once ("
                            + last(path).getFileName() + "): lines are missing at its end."));
        }
        String there = number == 0
                ? JournalFile.HashChain.START
                : entries.get((int) number - 1).hash();
        boolean same = there.equals(hash);
        return same
                ? Optional.empty()
                : Optional.of(new Result.Broken(
                        (int) number,
                        "Line " + number + " of " + path + " is not the one that was written ("
                                + last(path).getFileName() + " has another hash)."));
    }

    /** Says of a line that is as it was written what shows that a newer version wrote it. */
    private Optional<String> newer(String line, String before) {
        if (JournalFile.HashChain.check(line, before).isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode tree = codec.tree(line);
            int format = tree.path("format").asInt(FORMAT);
            String event = tree.path("event").asString("");
            Optional<String> what = Optional.empty();
            if (format > FORMAT) {
                what = Optional.of("has the format " + format + ", and this version reads those up to " + FORMAT);
            } else if (EventCodec.isKnown(event) && isOfLaterEnding(tree)) {
                what = Optional.of("ends with "
                        + Harmless.line(tree.path("ending").asString("")) + ", which this version does not know");
            } else if (!EventCodec.isKnown(event)) {
                what = Optional.of("is the event " + Harmless.line(event) + ", which this version does not know");
            }
            return what.map(said -> " " + said
                    + ": a newer version of this program wrote the journal. It was not changed; use that version.");
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean isOfLaterEnding(JsonNode line) {
        String ending = line.path("ending").asString("");
        return ending.matches("[A-Z_]{3,40}")
                && Stream.of(Ending.values()).map(Ending::name).noneMatch(ending::equals);
    }

    private static Result changed(Path path, int number) {
        return new Result.Broken(
                number,
                "Line " + number + " of " + path
                        + " was changed after it was written, or lines are missing before it.");
    }

    /** Reads up to the next line end; of a line that is too long no more than shows that. False where there is no line end. */
    private static boolean next(InputStream stream, ByteArrayOutputStream line) throws IOException {
        line.reset();
        for (int read = stream.read(); read >= 0; read = stream.read()) {
            if (read == '\n') {
                return true;
            }
            line.write(read);
            if (line.size() > MAX_LINE) {
                return false;
            }
        }
        return false;
    }

    private Optional<Entry> entry(String line, String before, long number) {
        return JournalFile.HashChain.check(line, before)
                .flatMap(hash -> parse(line, hash))
                .filter(entry -> entry.number() == number);
    }

    private Optional<Entry> parse(String line, String hash) {
        try {
            JsonNode tree = codec.tree(line);
            Instant time = Instant.parse(tree.path("time").stringValue());
            if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
                return Optional.empty();
            }
            return Optional.of(
                    new Entry(tree.path("number").longValue(), time, codec.read(EventMasking.harmless(tree)), hash));
        } catch (JacksonException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
