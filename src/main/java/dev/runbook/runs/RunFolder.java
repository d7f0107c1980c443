package dev.runbook.runs;

import dev.runbook.journal.JournalReader;
import dev.runbook.journal.PrivateFiles;
import dev.runbook.library.RunbookFile;
import dev.runbook.texts.TextsFile;
import dev.runbook.yaml.SourceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one run. It holds all that is needed to go on with the run elsewhere: {@code journal.jsonl}, the runbook under
 * its own name, and {@code site.yaml} with the values, secrets left out.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {
    private static final String JOURNAL = "journal.jsonl";
    private static final String SITE = "site.yaml";

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
     * Keeps copies of what the run is started or resumed with, in place of earlier ones.
     *
     * @param site the values as a site file, secrets left out
     * @throws java.io.UncheckedIOException if they cannot be written
     */
    public void keep(RunbookFile runbook, String site) {
        try {
            Files.write(path.resolve(fileName(runbook.name())), runbook.bytes());
            keepSite(site);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Keeps the values, in place of earlier ones: at every moment one of them lies there whole.
     *
     * @param site the values as a site file, secrets left out
     * @throws IOException if they cannot be written
     */
    public void keepSite(String site) throws IOException {
        Path written = Files.writeString(path.resolve(SITE + ".new"), site);
        Files.move(written, path.resolve(SITE), StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Keeps the texts that the run shows in another language.
     *
     * @throws java.io.UncheckedIOException if they cannot be written
     */
    public void keepTexts(RunbookFile texts) {
        try {
            Files.write(path.resolve(fileName(texts.name())), texts.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The copy of the runbook; empty when it is gone.
     *
     * @throws java.io.UncheckedIOException if the folder cannot be read
     */
    public Optional<RunbookFile> runbook() {
        try (Stream<Path> files = Files.list(path)) {
            List<Path> copies = files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.getFileName().toString().equals(SITE))
                    .filter(file ->
                            TextsFile.runbook(file.getFileName().toString()).isEmpty() || !isTexts(file))
                    .toList();
            return copies.size() == 1 ? Optional.of(copy(copies.get(0))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isTexts(Path file) {
        return SourceReader.read(file)
                .value()
                .filter(text -> TextsFile.isTexts(text.lines()))
                .isPresent();
    }

    private static RunbookFile copy(Path file) throws IOException {
        return new RunbookFile(file.toString().replace('\\', '/'), Optional.of(file), Files.readAllBytes(file));
    }

    /** Where the values lie. */
    public Path site() {
        return path.resolve(SITE);
    }

    private static String fileName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
