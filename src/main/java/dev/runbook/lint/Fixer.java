package dev.runbook.lint;

import dev.runbook.base.Diagnostic;
import dev.runbook.base.Source;
import dev.runbook.language.Runbook;
import dev.runbook.language.RunbookReader;
import dev.runbook.terminal.Refusal;
import dev.runbook.yaml.SourceReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Corrects runbooks, as far as that is safe. */
public final class Fixer {
    /** Each place that was no YAML may hide another. */
    private static final int MAX_PASSES = 100;

    private final RunbookReader reader = new RunbookReader();

    /**
     * What became of a file.
     *
     * @param text as it should be
     * @param corrected how many times each kind of mistake was corrected
     */
    record Fixed(String text, Map<String, Integer> corrected) {
        /** Copies the counts, keeping their order. */
        public Fixed {
            corrected = Collections.unmodifiableMap(new LinkedHashMap<>(corrected));
        }
    }

    /**
     * The text of a runbook with everything corrected that can be. Corrected again, it stays the same.
     *
     * @param name of the file
     * @param text of the file, byte order mark and line ends included
     */
    Fixed fix(String name, String text) {
        Map<String, Integer> corrected = new LinkedHashMap<>();
        Draft draft = Draft.of(reader, name, text);
        for (Correction correction : Corrections.all()) {
            draft = apply(correction, name, draft, corrected);
        }
        return new Fixed(draft.text().toString(), corrected);
    }

    private Draft apply(Correction correction, String name, Draft start, Map<String, Integer> corrected) {
        Draft draft = start;
        for (int pass = 0; pass < MAX_PASSES; pass++) {
            Optional<Draft> next = better(correction, name, draft);
            if (next.isEmpty()) {
                return draft;
            }
            int left = correction.places(next.get()).size();
            int done = Math.max(1, correction.places(draft).size() - left);
            corrected.merge(correction.what(), done, Integer::sum);
            draft = next.get();
        }
        return draft;
    }

    /** With all places corrected, or, where that does not do, with the first one that can be. */
    private Optional<Draft> better(Correction correction, String name, Draft draft) {
        List<List<RawText.Edit>> places = correction.places(draft);
        List<RawText.Edit> all = places.stream().flatMap(List::stream).toList();
        return Stream.concat(Stream.of(all), places.stream())
                .filter(edits -> !edits.isEmpty())
                .map(edits -> Draft.of(reader, name, draft.text().with(edits)))
                .filter(next -> correction.succeeded(draft, next))
                .findFirst();
    }

    /**
     * Corrects files where they lie, as far as they can be corrected.
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
                + fixed.corrected().entrySet().stream().map(Fixer::count).collect(Collectors.joining(", ")) + ".");
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

    /** One kind of mistake that can be corrected without asking. */
    interface Correction {
        /** What is corrected, in the words of messages. */
        String what();

        /** The edits of each place that has to be corrected; those of one place belong together. */
        List<List<RawText.Edit>> places(Draft draft);

        /** Whether edits of some places did what they should, and nothing else. */
        boolean succeeded(Draft before, Draft after);
    }

    /**
     * A file on its way to being correct.
     *
     * @param text of the file
     * @param source the same, cut into lines
     * @param runbook what could be read of it
     * @param findings what is wrong with its YAML, its shape and its values
     */
    record Draft(RawText text, Source source, Optional<Runbook> runbook, List<Diagnostic> findings) {
        static Draft of(RunbookReader reader, String name, String text) {
            Source source = Source.of(name, text);
            RunbookReader.Draft read = reader.draft(source);
            return new Draft(new RawText(text), source, read.runbook(), read.findings());
        }
    }
}
