package dev.runbook.cmdlet;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a parameter takes.
 *
 * @param kind what sort of value
 * @param words the only ones that it takes, by module; under {@link #EVERYWHERE} those of all modules. Empty means any.
 */
public record ParameterType(Kind kind, Map<String, List<String>> words) {
    /** In place of a module: in all of them. */
    public static final String EVERYWHERE = "";

    /** Sorts of values. */
    public enum Kind {
        /** A text. */
        TEXT,
        /** A full name in the network. */
        FQDN,
        /** A number. */
        NUMBER,
        /** {@code true} or {@code false}. */
        TRUTH,
        /** Is there or not: {@code true}, or left out. */
        SWITCH,
        /** One text or several. */
        LIST,
        /** A hash table. */
        MAP,
        /** Anything. */
        ANY;

        /** The word in the file. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> of(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst();
        }
    }

    /** Copies the words, keeping their order. */
    public ParameterType {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        words.forEach((module, list) -> copy.put(module, List.copyOf(list)));
        words = Collections.unmodifiableMap(copy);
    }

    static ParameterType of(Kind kind) {
        return new ParameterType(kind, Map.of());
    }

    /** The words that it takes in a module; those of all modules where nobody knows which module it is. Empty means any. */
    public List<String> words(Optional<String> module) {
        return module.map(words::get)
                .or(() -> Optional.ofNullable(words.get(EVERYWHERE)))
                .orElseGet(() -> words.values().stream()
                        .flatMap(Collection::stream)
                        .distinct()
                        .toList());
    }
}
