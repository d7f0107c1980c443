package dev.runbook.lint;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Excerpt;
import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import dev.runbook.language.TranslationFile;
import dev.runbook.library.Library;
import dev.runbook.library.RunbookFile;
import dev.runbook.yaml.SourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Finds the files that somebody means: a path, a pattern with {@code **}, a folder, or the name of a runbook inside the
 * program. Below a folder, the files that end in {@code .yaml} or {@code .yml} and are runbooks; folders whose name begins with
 * a dot are passed by. Each file comes once, in the order in which it was named, those of a folder or pattern by name.
 */
public final class InputFiles {
    private static final Pattern RUNBOOK =
            Pattern.compile("(?m)^\uFEFF?(?:[\"']?runbook[\"']?\\s*:|#.*\\$schema=\\S*runbook\\.schema\\.json)");

    private final Path folder;
    private final Map<Path, Input> found = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private int passedBy;

    /** Finds files from this folder on. */
    public InputFiles(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    /** Adds what is meant. */
    public void add(String written) {
        int before = found.size();
        Optional<Path> literal = literal(written);
        if (literal.filter(Files::isDirectory).isPresent()) {
            runbooksBelow(literal.get());
            if (found.size() == before && passedBy == 0) {
                missing.add("There is no .yaml file below " + Excerpt.oneLine(written) + ".");
            } else if (found.size() == before) {
                missing.add("No .yaml file below " + Excerpt.oneLine(written)
                        + " is a runbook: none has the key \"runbook\".");
            }
        } else if (literal.filter(Files::exists).isPresent()) {
            add(literal.get());
        } else if (PathPattern.isIn(written)) {
            matching(PathPattern.of(written.replace('\\', '/')));
            if (found.size() == before) {
                missing.add("No file matches " + Excerpt.oneLine(written) + ".");
            }
        } else {
            named(written);
        }
    }

    /**
     * Adds what comes through a stream.
     *
     * @param name what findings call it
     */
    public void add(String name, InputStream stream) {
        try {
            Checked<Source> source = SourceReader.decode(name, SourceReader.bytes(stream));
            found.putIfAbsent(Path.of(""), new Input(name, Optional.empty(), source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files. */
    public List<Input> inputs() {
        return List.copyOf(found.values());
    }

    /** A sentence for each thing that is not there. */
    public List<String> missing() {
        return List.copyOf(missing);
    }

    /** How many YAML files of folders were passed by, since they are no runbooks. */
    public int passedBy() {
        return passedBy;
    }

    private Optional<Path> literal(String written) {
        try {
            return Optional.of(folder.resolve(written).normalize());
        } catch (InvalidPathException pattern) {
            // on Windows no path may hold the characters of patterns
            return Optional.empty();
        }
    }

    private void named(String written) {
        Optional<RunbookFile> file = literal(written).flatMap(path -> new Library(folder).find(written));
        if (file.isEmpty()) {
            missing.add(Excerpt.oneLine(Library.unknown(written)));
        } else if (file.get().path().isPresent()) {
            add(file.get().path().get().normalize());
        } else {
            String name = file.get().name();
            found.putIfAbsent(
                    Path.of(name), new Input(name, Optional.empty(), file.get().source()));
        }
    }

    private void runbooksBelow(Path start) {
        for (Path file : filesBelow(start)) {
            String name = file.getFileName().toString();
            if (!name.endsWith(".yaml") && !name.endsWith(".yml")) {
                continue;
            }
            Input input = read(file);
            boolean unreadable = input.source().value().isEmpty();
            if (unreadable || isRunbook(input) || isTexts(input)) {
                found.putIfAbsent(file, input);
            } else {
                passedBy++;
            }
        }
    }

    private static boolean isTexts(Input input) {
        return TranslationFile.isTexts(input.source().value().orElseThrow().lines());
    }

    private static boolean isRunbook(Input input) {
        String text = String.join("\n", input.source().value().orElseThrow().lines());
        return RUNBOOK.matcher(text).find();
    }

    private void matching(PathPattern pattern) {
        Optional<Path> start = literal(pattern.folder()).filter(Files::isDirectory);
        start.ifPresent(base -> filesBelow(base).stream()
                .filter(file -> pattern.matches(base.relativize(file).toString().replace('\\', '/')))
                .forEach(this::add));
    }

    /** By name, so that the order is the same on every computer. */
    private SortedSet<Path> filesBelow(Path start) {
        SortedSet<Path> files = new TreeSet<>();
        try {
            Files.walkFileTree(start, new Collector(start, files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private void add(Path file) {
        found.computeIfAbsent(file, this::read);
    }

    private Input read(Path file) {
        return new Input(
                name(file),
                Optional.of(file),
                Library.isPlain(folder, file)
                        ? SourceReader.read(file, name(file))
                        : Checked.failed(List.of(notPlain(file))));
    }

    private Diagnostic notPlain(Path file) {
        return Diagnostic.error(
                Origin.of(Source.unread(name(file)), Span.at(Position.START)),
                "file",
                "This is no plain file, or a link that leads out of this folder or to something that is no YAML file."
                        + " It is not read. Name the file itself, or give its text on standard input: lint -");
    }

    /** Relative where it can be: what build servers show belongs to a file of the project. */
    private String name(Path file) {
        Path shown = file.startsWith(folder) ? folder.relativize(file) : file;
        return shown.toString().replace('\\', '/');
    }

    /** Collects the files below a folder. */
    private final class Collector extends SimpleFileVisitor<Path> {
        private final Path start;
        private final SortedSet<Path> files;

        private Collector(Path start, SortedSet<Path> files) {
            this.start = start;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path below, BasicFileAttributes attributes) {
            boolean hidden =
                    !below.equals(start) && below.getFileName().toString().startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (Files.isRegularFile(file) || attributes.isSymbolicLink() && !Files.isDirectory(file)) {
                files.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path below, IOException why) {
            // looking at the rest alone would report as clean what nobody has looked at
            missing.add(Excerpt.name(name(below)) + " cannot be read: "
                    + Excerpt.oneLine(String.valueOf(why.getMessage())));
            return FileVisitResult.CONTINUE;
        }
    }

    /**
     * A file that is looked at.
     *
     * @param name what findings call it
     * @param path where it lies; empty for standard input and for runbooks inside the program
     * @param source its text, or why there is none
     */
    public record Input(String name, Optional<Path> path, Checked<Source> source) {}

    /**
     * A pattern of paths: {@code *} is any characters of a name, {@code ?} one, {@code **} any folders, {@code [ab]} one of these
     * characters, {@code {a,b}} one of these texts. Windows shells leave patterns to programs, so this works everywhere alike.
     *
     * @param folder the part before the first name with a pattern, with {@code /} as separator; may be empty
     * @param rest matches the path below that folder
     */
    record PathPattern(String folder, Pattern rest) {
        private static final String SPECIAL = "*?[{";

        /** Whether a path holds anything that stands for something else. */
        static boolean isIn(String written) {
            return written.chars().anyMatch(c -> SPECIAL.indexOf(c) >= 0);
        }

        /** The pattern as written, with {@code /} as separator. */
        static PathPattern of(String written) {
            int special = 0;
            while (special < written.length() && SPECIAL.indexOf(written.charAt(special)) < 0) {
                special++;
            }
            int cut = written.lastIndexOf('/', special - 1) + 1;
            return new PathPattern(written.substring(0, cut), Pattern.compile(regex(written.substring(cut))));
        }

        boolean matches(String below) {
            return rest.matcher(below).matches();
        }

        private static String regex(String glob) {
            StringBuilder regex = new StringBuilder();
            int braces = 0;
            for (int at = 0; at < glob.length(); at++) {
                char c = glob.charAt(at);
                if (glob.startsWith("**/", at)) {
                    regex.append("(?:[^/]+/)*");
                    at += 2;
                } else if (glob.startsWith("**", at)) {
                    regex.append(".*");
                    at++;
                } else if (c == '[' && glob.indexOf(']', at + 2) > 0) {
                    int end = glob.indexOf(']', at + 2);
                    regex.append(characters(glob.substring(at + 1, end)));
                    at = end;
                } else if (c == '{' && glob.indexOf('}', at) > 0) {
                    regex.append("(?:");
                    braces++;
                } else if (c == '}' && braces > 0) {
                    regex.append(')');
                    braces--;
                } else {
                    regex.append(c == ',' && braces > 0 ? "|" : plain(c));
                }
            }
            return regex.toString();
        }

        private static String plain(char c) {
            return switch (c) {
                case '*' -> "[^/]*";
                case '?' -> "[^/]";
                default -> Pattern.quote(String.valueOf(c));
            };
        }

        private static String characters(String inside) {
            boolean not = inside.startsWith("!");
            String escaped = inside.substring(not ? 1 : 0).replaceAll("[\\\\\\[\\]^&]", "\\\\$0");
            return "[" + (not ? "^/" : "") + escaped + "]";
        }
    }
}
