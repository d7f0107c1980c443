package dev.runbook.rehearsal.scene;

import dev.runbook.base.Checked;
import dev.runbook.base.Diagnostic;
import dev.runbook.base.Origin;
import dev.runbook.base.Position;
import dev.runbook.base.Source;
import dev.runbook.base.Span;
import dev.runbook.base.Suggestion;
import dev.runbook.yaml.SourceReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds scenes: a file of the user's own, or one that the program brings along. */
public final class SceneFiles {
    /** The scenes that the program brings along. */
    public static final List<String> SHIPPED = List.of("dc1-lost", "dc1-answers", "dc1-took-over", "dc1-rebuilt");

    private static final Pattern FILE = Pattern.compile("[/\\\\]|(?i)\\.ya?ml$");
    private static final String FOLDER = "/dev/runbook/rehearsal/scene/";

    private SceneFiles() {}

    /**
     * A scene by its own name, or in a file that is written as one: with a folder or with {@code .yaml}. So no file that happens
     * to lie in the current folder takes the place of a scene inside the program.
     *
     * @param nameOrFile {@code dc1-lost}, or {@code drill/mine.yaml}
     */
    public static Checked<Scene> find(String nameOrFile) {
        if (FILE.matcher(nameOrFile).find() && Files.isRegularFile(Path.of(nameOrFile))) {
            return read(SourceReader.read(Path.of(nameOrFile)));
        }
        if (SHIPPED.contains(nameOrFile)) {
            return read(shipped(nameOrFile));
        }
        Origin nowhere = Origin.of(Source.unread(nameOrFile), Span.at(Position.START));
        String message = "There is no scene and no file \"" + nameOrFile + "\"."
                + Suggestion.didYouMean(nameOrFile, SHIPPED) + " The scenes are: " + String.join(", ", SHIPPED) + ".";
        return Checked.failed(List.of(Diagnostic.error(nowhere, "scene", message)));
    }

    /** The text of a scene that the program brings along, for a copy to be changed; empty when there is none of that name. */
    public static Optional<String> text(String name) {
        return SHIPPED.contains(name)
                ? shipped(name).value().map(source -> String.join("\n", source.lines()))
                : Optional.empty();
    }

    private static Checked<Scene> read(Checked<Source> source) {
        return source.value().isEmpty()
                ? Checked.failed(source.diagnostics())
                : SceneReader.read(source.value().get());
    }

    private static Checked<Source> shipped(String name) {
        try (InputStream in = SceneFiles.class.getResourceAsStream(FOLDER + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("the scene " + name + " is missing from the program");
            }
            return SourceReader.decode(name + ".yaml", in.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
