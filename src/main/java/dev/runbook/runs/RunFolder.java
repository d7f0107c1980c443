package dev.runbook.runs;

import dev.runbook.journal.JournalReader;
import dev.runbook.journal.PrivateFiles;
import dev.runbook.library.Library;
import dev.runbook.library.RunbookFile;
import dev.runbook.texts.TextsFile;
import dev.runbook.yaml.SourceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one run. It holds all that is needed to go on with the run elsewhere: {@code journal.jsonl}, the runbook as
 * {@code runbook.yaml} with its texts in other languages beside it, and {@code site.yaml} with the values, secrets left out.
 * What else lies there does no harm.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {
    private static final String JOURNAL = "journal.jsonl";
    private static final String RUNBOOK = "runbook.yaml";
    private static final String SITE = "site.yaml";
    /** Behind the name of what is written and is not yet in its place. */
    private static final String NEW = ".new";

    /**
     * A new folder.
     *
     * @param runs the folder of all runs; made where it is not there
     * @param name the run's id, which no other run has
     * @throws java.io.UncheckedIOException if it cannot be made
     */
    public static RunFolder create(Path runs, String name) {
        try {
            Files.createDirectories(runs);
            Path folder = Files.createDirectory(runs.resolve(name));
            PrivateFiles.restrict(folder);
            return new RunFolder(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The run's id: the folder's name. */
    public String id() {
        return path.toAbsolutePath().normalize().getFileName().toString();
    }

    /** Where the journal lies. */
    public Path journal() {
        return path.resolve(JOURNAL);
    }

    /** Whether a journal lies there. */
    public boolean holdsRun() {
        return Files.isRegularFile(journal());
    }

    /** Reads the journal. */
    public JournalReader.Result read() {
        return new JournalReader().read(journal());
    }

    /**
     * Lays a copy of the runbook ready, and its texts in other languages in place of earlier ones. The copy counts from
     * {@link #settle} on; where it lies ready and the journal speaks of it, it is found too.
     *
     * @throws java.io.UncheckedIOException if they cannot be written
     */
    public void bring(RunbookFile runbook) {
        List<RunbookFile> texts = Library.texts(runbook);
        try {
            for (RunbookFile earlier : Library.textsBeside(runbook())) {
                Files.delete(earlier.path().orElseThrow());
            }
            for (RunbookFile text : texts) {
                write(TextsFile.name(RUNBOOK, text.tag().orElseThrow()), text.bytes());
            }
            write(RUNBOOK + NEW, runbook.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Puts the copy that lies ready in the place of the earlier one; to be called when the journal speaks of it.
     *
     * @throws java.io.UncheckedIOException if that is not possible
     */
    public void settle() {
        try {
            Files.move(path.resolve(RUNBOOK + NEW), runbook(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
            Path written = write(SITE + NEW, site.getBytes(StandardCharsets.UTF_8));
            Files.move(written, site(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Path file = Files.write(path.resolve(name), bytes);
        PrivateFiles.restrict(file);
        return file;
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
                .map(path::resolve)
                .filter(Files::isRegularFile)
                .map(file -> copy(name, file))
                .filter(copy -> copy.digest().equals(digest))
                .findFirst();
    }

    private RunbookFile copy(String name, Path file) {
        try {
            return new RunbookFile(name, Optional.of(runbook()), SourceReader.bytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the copy of the runbook lies. */
    public Path runbook() {
        return path.resolve(RUNBOOK);
    }

    /** Where the values lie. */
    public Path site() {
        return path.resolve(SITE);
    }
}
