package dev.runbook.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How names of facts read aloud: as a thing ({@code connections to mgc}) or as a sentence ({@code mgc is online}). */
public final class Phrase {
    /** Words that make a sentence of a phrase, where they stand after its first word. */
    private static final Set<String> VERBS = Set.of(
            "is", "are", "was", "were", "has", "have", "had", "can", "could", "may", "must", "will", "does", "do",
            "did", "runs", "reads", "answers", "exists", "holds", "comes", "knows", "backs", "copies");

    /** The thing itself stands before these: {@code connections} before {@code to mgc}. */
    private static final Set<String> BEHIND_THE_THING =
            Set.of("to", "of", "on", "in", "with", "from", "for", "by", "still", "at", "that", "which", "between");

    private Phrase() {}

    /** Whether a thing is several things, as its last letter says. */
    public static boolean isPlural(String name) {
        String thing = "";
        for (String word : name.toLowerCase(Locale.ROOT).split(" ")) {
            if (BEHIND_THE_THING.contains(word)) {
                break;
            }
            thing = word;
        }
        return thing.endsWith("s") && !thing.endsWith("ss") && !thing.endsWith("us");
    }

    /** Whether it is a sentence. With a relative clause ({@code an mgc that can be read}) it is a thing. */
    public static boolean isSentence(String name) {
        List<String> words = Arrays.asList(name.toLowerCase(Locale.ROOT).split(" "));
        return !words.contains("that")
                && !words.contains("which")
                && words.stream().skip(1).anyMatch(VERBS::contains);
    }
}
