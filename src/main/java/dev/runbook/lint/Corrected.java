package dev.runbook.lint;

import dev.runbook.console.Refusal;
import dev.runbook.yaml.SourceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Corrects files where they lie. */
public final class Corrected {
    private Corrected() {}

    /**
     * Corrects what can be corrected.
     *
     * @return a sentence for each file that was changed, or that cannot be
     * @throws Refusal if a file cannot be written
     */
    public static List<String> files(List<InputFiles.Input> inputs) {
        Fixer fixer = new Fixer();
        List<String> sentences = new ArrayList<>();
        for (InputFiles.Input input : inputs) {
            if (input.path().isEmpty()) {
                sentences.add(input.name() + " lies inside this program and stays as it is.");
            } else if (input.source().value().isPresent()) {
                file(fixer, input.name(), input.path().get()).ifPresent(sentences::add);
            }
        }
        return sentences;
    }

    private static Optional<String> file(Fixer fixer, String name, Path path) {
        String text = text(path);
        Fixer.Fixed fixed = fixer.fix(name, text);
        if (fixed.text().equals(text)) {
            return Optional.empty();
        }
        TextFile.write(path, fixed.text());
        return Optional.of("Corrected " + name + ": "
                + fixed.corrected().entrySet().stream().map(Corrected::count).collect(Collectors.joining(", ")) + ".");
    }

    /** As it is written, byte order mark and line ends included; that it is UTF-8 was seen before. */
    private static String text(Path path) {
        try {
            return new String(SourceReader.bytes(path), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String count(Map.Entry<String, Integer> kind) {
        return kind.getKey() + (kind.getValue() == 1 ? "" : " (" + kind.getValue() + " places)");
    }
}
