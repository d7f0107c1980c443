package dev.runbook.library;

import dev.runbook.base.Suggestion;
import dev.runbook.language.TranslationFile;
import dev.runbook.yaml.SourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds runbooks. A file on disk wins: the name as given, with {@code .yaml}, then both in the folder {@code runbooks}. After
 * that the runbooks inside the program are looked at, by plain names alone. {@code builtin:NAME} is always one of those.
 */
public final class Library {
    /** The names of the runbooks inside the program. */
    public static final List<String> BUILT_IN = List.of("failback", "failover");

    /** The texts in other languages inside the program. */
    private static final List<String> BUILT_IN_TEXTS = List.of("failover.zh-TW.yaml");

    private static final String EXTENSION = ".yaml";

    /** Stands before the name of a runbook inside the program in its id. */
    private static final String ID_PREFIX = "persistent-chat-";

    /** Names the runbook inside the program, whatever lies on disk: {@code builtin:failover}. */
    public static final String BUILT_IN_MARK = "builtin:";

    private final Path folder;

    /** Finds files from this folder on. */
    public Library(Path folder) {
        this.folder = folder;
    }

    /**
     * The runbook of that name.
     *
     * @param name a path or a plain name, with or without {@code .yaml}
     * @throws java.io.UncheckedIOException if a file is there and cannot be read
     */
    public Optional<RunbookFile> find(String name) {
        if (name.startsWith(BUILT_IN_MARK)) {
            return builtIn(name.substring(BUILT_IN_MARK.length()));
        }
        return candidates(name)
                .filter(candidate -> Files.isRegularFile(folder.resolve(candidate)))
                .findFirst()
                .map(this::onDisk)
                .or(() -> builtIn(name));
    }

    /**
     * The texts of a runbook in other languages: those beside it on disk, or those inside the program. Messages call them by
     * the runbook's own name, wherever a copy of it lies.
     *
     * @throws java.io.UncheckedIOException if its folder cannot be read
     */
    public static List<RunbookFile> texts(RunbookFile runbook) {
        return runbook.path()
                .map(path -> textsBeside(path).stream()
                        .map(text -> text.named(
                                TranslationFile.name(runbook.name(), text.tag().orElseThrow())))
                        .toList())
                .orElseGet(() -> BUILT_IN_TEXTS.stream()
                        .filter(file -> TranslationFile.runbook(file).equals(Optional.of(runbook.name())))
                        .map(Library::builtInFile)
                        .toList());
    }

    /**
     * The texts in other languages that lie beside a runbook, by name. A link that leads away is none of them.
     *
     * @throws java.io.UncheckedIOException if its folder cannot be read
     */
    public static List<RunbookFile> textsBeside(Path runbook) {
        Optional<String> name = Optional.of(runbook.getFileName().toString());
        Path folder = runbook.toAbsolutePath().getParent();
        try (Stream<Path> files = Files.list(folder)) {
            Path home = folder.normalize();
            List<Path> texts = files.filter(file -> isPlain(home, file.normalize()))
                    .filter(file -> TranslationFile.runbook(file.getFileName().toString())
                            .equals(name))
                    .sorted()
                    .toList();
            List<RunbookFile> found = new ArrayList<>();
            for (Path file : texts) {
                Path named = runbook.resolveSibling(file.getFileName());
                found.add(new RunbookFile(
                        named.toString().replace('\\', '/'), Optional.of(named), SourceReader.bytes(file)));
            }
            // what cannot be read is told by whoever reads it, and not passed by
            return found.stream()
                    .filter(file -> file.isTexts() || file.source().hasErrors())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The runbooks inside the program. */
    public static List<RunbookFile> builtIn() {
        return BUILT_IN.stream().map(name -> builtInFile(name + EXTENSION)).toList();
    }

    /**
     * Says how a file on disk differs from the runbook of that name inside the program. Empty for one inside the program, and
     * for one that has neither the name nor the id of such a runbook.
     *
     * @param id of the runbook in the file
     */
    public static Optional<String> againstBuiltIn(RunbookFile file, String id) {
        return BUILT_IN.stream()
                .filter(known -> known.equals(file.plainName()) || (ID_PREFIX + known).equals(id))
                .findFirst()
                .filter(known -> file.path().isPresent())
                .map(known -> {
                    RunbookFile shipped = builtInFile(known + EXTENSION);
                    if (shipped.digest().equals(file.digest())) {
                        return "It is the " + known + " inside this program.";
                    }
                    return "It is not the " + known + " inside this program: " + differences(shipped, file) + ". "
                            + BUILT_IN_MARK + known + " names that one.";
                });
    }

    private static String differences(RunbookFile shipped, RunbookFile file) {
        List<String> there =
                new String(shipped.bytes(), StandardCharsets.UTF_8).lines().toList();
        List<String> here =
                new String(file.bytes(), StandardCharsets.UTF_8).lines().toList();
        List<String> gone = new ArrayList<>(there);
        List<String> added = new ArrayList<>();
        for (String line : here) {
            if (!gone.remove(line)) {
                added.add(line);
            }
        }
        int first = 0;
        while (first < Math.min(there.size(), here.size()) && there.get(first).equals(here.get(first))) {
            first++;
        }
        return added.size() + " of its lines are not in that, " + gone.size()
                + " of that are missing; the first is line " + (first + 1);
    }

    /** The runbook inside the program that a name could be taken for; empty where there is none. */
    public static Optional<String> lookAlike(String id) {
        String plain = id.startsWith(ID_PREFIX) ? id.substring(ID_PREFIX.length()) : id;
        return BUILT_IN.stream()
                .filter(plain.replace("-", "")::equals)
                .findFirst()
                .or(() -> Suggestion.nearest(plain, BUILT_IN));
    }

    /** What to say when there is no runbook of that name. */
    public static String unknown(String name) {
        return "There is no runbook " + name + "." + Suggestion.didYouMean(plain(name), BUILT_IN)
                + " Give the path of a file, or one of those inside this program: " + String.join(", ", BUILT_IN) + ".";
    }

    /**
     * The JSON schema of the language.
     *
     * @throws java.io.UncheckedIOException if it is missing from the program
     */
    public static String schema() {
        return new String(resource("/schema/runbook.schema.json"), StandardCharsets.UTF_8);
    }

    /**
     * The JSON schema of the texts of a runbook in another language.
     *
     * @throws java.io.UncheckedIOException if it is missing from the program
     */
    public static String textsSchema() {
        return new String(resource("/schema/runbook-texts.schema.json"), StandardCharsets.UTF_8);
    }

    /**
     * A small commented runbook to begin with. Names the schema {@code runbook.schema.json} beside it, and the scene
     * {@code dc1-lost} inside the program.
     *
     * @param id of the runbook, in kebab-case
     * @throws java.io.UncheckedIOException if it is missing from the program
     */
    public static String starter(String id) {
        return new String(resource("/dev/runbook/library/starter.yaml"), StandardCharsets.UTF_8).replace("NAME", id);
    }

    private static Stream<String> candidates(String name) {
        return Stream.of(name, name + EXTENSION, "runbooks/" + name, "runbooks/" + name + EXTENSION);
    }

    private RunbookFile onDisk(String candidate) {
        Path path = folder.resolve(candidate);
        try {
            return new RunbookFile(
                    candidate.replace('\\', '/'), Optional.of(path), SourceReader.bytes(plain(folder, path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A file of which lines may be shown.
     *
     * @param folder the current one
     * @param file within it or elsewhere
     * @throws UncheckedIOException if it is not {@linkplain #isPlain plain}
     */
    public static Path plain(Path folder, Path file) {
        Path home = folder.toAbsolutePath().normalize();
        if (Files.isDirectory(file) || isPlain(home, home.resolve(file).normalize())) {
            return file;
        }
        String why = Files.isRegularFile(file)
                ? "it is a link that leads out of this folder or to something that is no YAML file. It is not read."
                        + " Name the file itself"
                : "it is a pipe or a device, or a link to one, and no plain file. It is not read";
        throw new UncheckedIOException(new FileSystemException(file.toString(), null, why));
    }

    /**
     * Whether a file may be read and lines of it be shown: whoever wrote the tree must not choose by a link which file of this computer
     * is shown, not even one of the same tree such as those of {@code .git}.
     *
     * @param folder the current one, absolute
     * @param file absolute
     */
    public static boolean isPlain(Path folder, Path file) {
        try {
            Path real = file.toRealPath();
            Path home = folder.toRealPath();
            boolean within = file.startsWith(folder);
            Path expected = within ? home.resolve(folder.relativize(file)) : file;
            boolean led = !real.equals(expected);
            String end = real.getFileName().toString();
            boolean hidden = real.startsWith(home)
                    && Stream.of(home.relativize(real).toString().split("[/\\\\]"))
                            .anyMatch(part -> part.startsWith("."));
            boolean stays = !led
                    || (end.endsWith(".yaml") || end.endsWith(".yml")) && !hidden && (!within || real.startsWith(home));
            return Files.isRegularFile(real) && stays;
        } catch (IOException unreadable) {
            // whoever reads it says why
            return true;
        }
    }

    private static Optional<RunbookFile> builtIn(String name) {
        return BUILT_IN.stream()
                .filter(plain(name)::equals)
                .findFirst()
                .map(known -> known + EXTENSION)
                .map(Library::builtInFile);
    }

    private static RunbookFile builtInFile(String file) {
        return new RunbookFile(file, Optional.empty(), resource("/runbooks/" + file));
    }

    private static String plain(String name) {
        return name.endsWith(EXTENSION) ? name.substring(0, name.length() - EXTENSION.length()) : name;
    }

    private static byte[] resource(String path) {
        try (InputStream stream = Library.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IOException(path + " is missing from the program");
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
