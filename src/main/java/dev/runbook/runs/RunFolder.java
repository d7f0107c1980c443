package dev.runbook.runs;

import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.journal.JournalReader;
import dev.runbook.journal.PrivateFiles;
import dev.runbook.language.TranslationFile;
import dev.runbook.library.Library;
import dev.runbook.library.RunbookFile;
import dev.runbook.yaml.SourceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of one run. It holds all that is needed to resume the run elsewhere: {@code journal.jsonl}, the runbook as
 * {@code runbook.yaml} with its texts in other languages beside it, and {@code site.yaml} with the values, secrets left out.
 * What else lies there does no harm.
 *
 * <p>Whoever resumes a run lays new copies ready under other names ({@link #prepare}), writes to the journal that they count, and
 * gives them their names ({@link #settle}). Cut off in between, the next resume ends that ({@link #recover}): at every moment the
 * copies that the journal speaks of lie there whole.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {
    private static final String JOURNAL = "journal.jsonl";
    private static final String RUNBOOK = "runbook.yaml";
    private static final String SITE = "site.yaml";
    /** At the end of the name of what is written and is not yet in its place. */
    private static final String NEW = ".new";

    private static final Pattern OWN =
            Pattern.compile("(journal\\.jsonl|lock|runbook\\.([A-Za-z0-9-]+\\.)?yaml|site\\.yaml)([.-].*)?");

    private static final Pattern ACTED_ON = Pattern.compile("runbook\\.([A-Za-z0-9-]+\\.)?yaml|site\\.yaml");

    private static final Pattern NEW_SITE = Pattern.compile("site\\.yaml\\.(\\d{1,18})\\.new");
    private static final Pattern NEW_TEXTS = Pattern.compile("runbook\\.[A-Za-z0-9-]+\\.yaml\\.new");

    /** The run's id: the folder's name. */
    public String id() {
        return path.toAbsolutePath().normalize().getFileName().toString();
    }

    /** Where the journal lies. */
    public Path journal() {
        return path.resolve(JOURNAL);
    }

    /** How many bytes the journal has; 0 where there is none, or where that cannot be told. */
    public long journalSize() {
        try {
            return Files.size(journal());
        } catch (IOException e) {
            // whoever reads it finds out why
            return 0;
        }
    }

    /** Whether a journal lies there. */
    public boolean holdsRun() {
        return PrivateFiles.isPlain(journal());
    }

    /**
     * Whether a run can begin here: it is empty, or holds what a run left that was cut off before the first line of its journal.
     *
     * @throws IOException if it cannot be read
     */
    public boolean isVacant() throws IOException {
        if (holdsRun()) {
            return false;
        }
        try (Stream<Path> files = Files.list(path)) {
            List<Path> all = files.toList();
            return all.isEmpty() || all.contains(path.resolve("lock"));
        }
    }

    /** Whether nothing lies there any more. */
    public boolean isGone() {
        return Files.notExists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Reads the journal. */
    public JournalReader.Result read() {
        return new JournalReader().read(journal());
    }

    /**
     * Writes the copies of a run that is about to begin.
     *
     * @param site the values as a site file, secrets left out
     * @throws IOException if they cannot be written
     */
    public void begin(RunbookFile runbook, String site) throws IOException {
        for (RunbookFile text : Library.texts(runbook)) {
            PrivateFiles.replace(path.resolve(textsName(text)), text.bytes());
        }
        PrivateFiles.replace(runbook(), runbook.bytes());
        PrivateFiles.replace(site(), bytes(site));
    }

    /**
     * What a run with this runbook and these values keeps here.
     *
     * @param site the values as a site file, secrets left out
     */
    public static RunEvent.FilesKept kept(RunbookFile runbook, String site) {
        Map<String, String> kept = new TreeMap<>();
        Library.texts(runbook).forEach(text -> kept.put(textsName(text), text.digest()));
        kept.put(RUNBOOK, runbook.digest());
        kept.put(SITE, RunbookFile.digest(bytes(site)));
        return new RunEvent.FilesKept(kept);
    }

    /** The same with other values. */
    public static RunEvent.FilesKept kept(RunEvent.FilesKept before, String site) {
        Map<String, String> kept = new TreeMap<>(before.kept());
        kept.put(SITE, RunbookFile.digest(bytes(site)));
        return new RunEvent.FilesKept(kept);
    }

    /**
     * The files by which a resume would act, and which are not as the journal says: changed, added or gone. A process that was cut
     * off may have left the files of before the last change.
     *
     * @param read the journal; one of an earlier version says nothing of them
     * @throws java.io.UncheckedIOException if the folder cannot be read
     */
    public List<String> strangers(JournalReader.Read read) {
        try {
            return strangers(read.entries().stream()
                    .map(Entry::event)
                    .filter(RunEvent.FilesKept.class::isInstance)
                    .map(RunEvent.FilesKept.class::cast)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> strangers(List<RunEvent.FilesKept> sealed) throws IOException {
        if (sealed.isEmpty()) {
            return List.of();
        }
        List<Map<String, String>> right = sealed.subList(Math.max(0, sealed.size() - 2), sealed.size()).stream()
                .map(RunEvent.FilesKept::kept)
                .toList();
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file :
                    files.filter(file -> ACTED_ON.matcher(name(file)).matches()).toList()) {
                found.put(
                        name(file),
                        PrivateFiles.isPlain(file) ? RunbookFile.digest(SourceReader.bytes(file)) : "no plain file");
            }
        }
        Set<String> names = new TreeSet<>(found.keySet());
        right.forEach(each -> names.addAll(each.keySet()));
        return names.stream()
                .filter(name -> right.stream().noneMatch(each -> Objects.equals(each.get(name), found.get(name))))
                .toList();
    }

    /** Removes what was written of a run that could not begin, and the folder if nothing else lies in it. */
    public void discard() {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                if (PrivateFiles.isPlain(file) && OWN.matcher(name(file)).matches()) {
                    Files.delete(file);
                }
            }
            Files.delete(path);
        } catch (IOException e) {
            // a folder without a journal is no run
            return;
        }
    }

    /**
     * Lays copies ready that count as soon as the journal has one more line. Leaves the folder as it was where that fails.
     *
     * @param site the values as a site file, secrets left out
     * @param line the number of that line
     * @throws IOException if they cannot be written
     */
    public void prepare(RunbookFile runbook, String site, long line) throws IOException {
        dropPrepared();
        try {
            for (RunbookFile text : Library.texts(runbook)) {
                PrivateFiles.replace(path.resolve(textsName(text) + NEW), text.bytes());
            }
            PrivateFiles.replace(path.resolve(RUNBOOK + NEW), runbook.bytes());
            PrivateFiles.replace(path.resolve(SITE + "." + line + NEW), bytes(site));
        } catch (IOException e) {
            dropPrepared();
            throw e;
        }
    }

    /** Removes what lies ready and does not count. */
    public void dropPrepared() {
        try {
            for (Path file : prepared()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // nothing speaks of it, so it does no harm
            return;
        }
    }

    /**
     * Gives what lies ready its name, in place of earlier copies; to be called when the journal speaks of it. Where somebody
     * reads the earlier ones and does not let them go, it stays where it is, and counts all the same.
     */
    public void settle() {
        try {
            if (PrivateFiles.isPlain(path.resolve(RUNBOOK + NEW))) {
                settleTexts();
                PrivateFiles.move(path.resolve(RUNBOOK + NEW), runbook());
            }
            for (Path file : prepared()) {
                if (NEW_SITE.matcher(name(file)).matches()) {
                    PrivateFiles.move(file, path.resolve(SITE));
                }
            }
        } catch (IOException e) {
            // the next resume finds it there
            return;
        }
    }

    private void settleTexts() throws IOException {
        for (RunbookFile earlier : Library.textsBeside(runbook())) {
            Files.delete(earlier.path().orElseThrow());
        }
        for (Path file : prepared()) {
            if (NEW_TEXTS.matcher(name(file)).matches()) {
                String name = name(file);
                PrivateFiles.move(file, path.resolve(name.substring(0, name.length() - NEW.length())));
            }
        }
    }

    /**
     * Ends what a resume that was cut off had begun: settles what the journal speaks of. Only for whoever has the lock.
     *
     * @param digest SHA-256 of the runbook with which the run was last worked on
     * @param lines how many lines the journal has
     */
    public void recover(String digest, long lines) throws IOException {
        boolean speaksOfSite = newSite().filter(file -> line(file) <= lines).isPresent();
        boolean speaksOfRunbook = digestOf(RUNBOOK + NEW).equals(Optional.of(digest));
        if (speaksOfSite || speaksOfRunbook && !digestOf(RUNBOOK).equals(Optional.of(digest))) {
            settle();
        }
    }

    /**
     * Keeps the values, in place of earlier ones: at every moment one of them lies there whole.
     *
     * @param site the values as a site file, secrets left out
     * @throws java.io.UncheckedIOException if they cannot be written
     */
    public void keepSite(String site) {
        try {
            PrivateFiles.replace(site(), bytes(site));
            Optional<Path> older = newSite();
            if (older.isPresent()) {
                Files.deleteIfExists(older.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The copy of the runbook; empty when there is none with that content.
     *
     * @param name by which messages are to call it: that of the file which it is a copy of
     * @param digest SHA-256 of the bytes
     * @throws java.io.UncheckedIOException if the folder cannot be read
     */
    public Optional<RunbookFile> runbook(String name, String digest) {
        return Stream.of(RUNBOOK, RUNBOOK + NEW)
                .flatMap(file -> copy(name, file).stream())
                .filter(copy -> copy.digest().equals(digest))
                .findFirst();
    }

    private Optional<RunbookFile> copy(String name, String file) {
        Path copy = path.resolve(file);
        try {
            return PrivateFiles.isPlain(copy)
                    ? Optional.of(new RunbookFile(name, Optional.of(runbook()), SourceReader.bytes(copy)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<String> digestOf(String file) {
        return copy(file, file).map(RunbookFile::digest);
    }

    /** Where the copy of the runbook lies. */
    public Path runbook() {
        return path.resolve(RUNBOOK);
    }

    /** Where the values lie. */
    public Path site() {
        return path.resolve(SITE);
    }

    private Optional<Path> newSite() throws IOException {
        return prepared().stream()
                .filter(file -> NEW_SITE.matcher(name(file)).matches())
                .findFirst();
    }

    private static long line(Path newSite) {
        Matcher matcher = NEW_SITE.matcher(name(newSite));
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : Long.MAX_VALUE;
    }

    private List<Path> prepared() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(path)) {
            files.filter(PrivateFiles::isPlain)
                    .filter(file -> name(file).equals(RUNBOOK + NEW)
                            || NEW_SITE.matcher(name(file)).matches()
                            || NEW_TEXTS.matcher(name(file)).matches())
                    .sorted()
                    .forEach(found::add);
        }
        return found;
    }

    private static String textsName(RunbookFile text) {
        return TranslationFile.name(RUNBOOK, text.tag().orElseThrow());
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
