package dev.runbook.rule;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A cmdlet.
 *
 * @param name as the reference writes it
 * @param modules where it is; empty means in every module
 * @param parameters all but the common ones; empty means that they are not known
 * @param required sets of parameters, one of which has to be there whole; empty means none
 * @param asks a question of its own, if it asks one
 * @param avoid parameters that should not stand in a runbook, and why
 * @param instead of a cmdlet that there is not: what to write
 */
record KnownCmdlet(
        String name,
        Set<String> modules,
        List<KnownParameter> parameters,
        List<List<String>> required,
        Optional<Question> asks,
        Map<String, String> avoid,
        Optional<String> instead) {
    /**
     * A question that the shell's own setting does not answer (ShouldContinue).
     *
     * @param answer the switch that answers it
     * @param when it is asked only if this parameter is given
     */
    record Question(String answer, Optional<String> when) {}

    /** Copies the collections, keeping their order. */
    KnownCmdlet {
        modules = Set.copyOf(modules);
        parameters = List.copyOf(parameters);
        required = required.stream().map(List::copyOf).toList();
        avoid = Collections.unmodifiableMap(new LinkedHashMap<>(avoid));
    }

    /** The parameter of that name, in any case. */
    Optional<KnownParameter> parameter(String written) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equalsIgnoreCase(written))
                .findFirst();
    }

    /**
     * A parameter of a cmdlet.
     *
     * @param name as the reference writes it
     * @param type what it takes
     * @param modules where it is; empty means wherever the cmdlet is
     */
    record KnownParameter(String name, ParameterType type, Set<String> modules) {
        /** Copies the set. */
        KnownParameter {
            modules = Set.copyOf(modules);
        }
    }

    /**
     * What a parameter takes.
     *
     * @param kind what sort of value
     * @param words the only ones that it takes, by module; under {@link #EVERYWHERE} those of all modules. Empty means any.
     */
    record ParameterType(Kind kind, Map<String, List<String>> words) {
        /** In place of a module: in all of them. */
        static final String EVERYWHERE = "";

        /** Sorts of values. */
        enum Kind {
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
        ParameterType {
            Map<String, List<String>> copy = new LinkedHashMap<>();
            words.forEach((module, list) -> copy.put(module, List.copyOf(list)));
            words = Collections.unmodifiableMap(copy);
        }

        static ParameterType of(Kind kind) {
            return new ParameterType(kind, Map.of());
        }

        /** The words that it takes in a module; those of all modules where nobody knows which module it is. Empty means any. */
        List<String> words(Optional<String> module) {
            return module.map(words::get)
                    .or(() -> Optional.ofNullable(words.get(EVERYWHERE)))
                    .orElseGet(() -> words.values().stream()
                            .flatMap(Collection::stream)
                            .distinct()
                            .toList());
        }
    }
}
