package dev.runbook.terminal;

import dev.runbook.language.TranslationFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The language in which somebody wants to read the texts of runbooks.
 *
 * @param locale the language
 * @param demanded whether somebody has asked for it, or it is merely that of the computer
 */
public record Language(Locale locale, boolean demanded) {
    /** English, the words of the runbooks inside the program. */
    public static final Language ENGLISH = new Language(Locale.ENGLISH, false);

    /** The language of this computer. */
    public static Language ofThisComputer() {
        return new Language(Locale.getDefault(), false);
    }

    /** The language that somebody asks for by its tag; empty where that is none. */
    public static Optional<Language> of(String tag) {
        return TranslationFile.isTag(tag)
                ? Optional.of(new Language(Locale.forLanguageTag(tag), true))
                : Optional.empty();
    }

    /** Of these tags the one that serves best. */
    public Optional<String> among(List<String> tags) {
        return TranslationFile.tags(locale).stream()
                .flatMap(wanted -> tags.stream().filter(wanted::equalsIgnoreCase))
                .findFirst();
    }
}
