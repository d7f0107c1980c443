package dev.runbook.language;

import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How files of texts are called: {@code failover.zh-TW.yaml} beside {@code failover.yaml}, with a language tag (BCP 47). */
public final class TranslationFile {
    /** The key that a file of texts begins with; no runbook has it. */
    public static final String KEY = "texts-of";

    private static final Pattern NAME = Pattern.compile("(.+)\\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*)(\\.ya?ml)");
    private static final Pattern BEGINS = Pattern.compile("(?m)^\uFEFF?[\"']?" + KEY + "[\"']?\\s*:");

    private TranslationFile() {}

    /** The name of the file for a runbook's file and a language. */
    public static String name(String runbook, String tag) {
        int end = runbook.lastIndexOf('.');
        return end <= runbook.lastIndexOf('/')
                ? runbook + "." + tag
                : runbook.substring(0, end) + "." + tag + runbook.substring(end);
    }

    /** The name of the runbook's file, where a name is that of a file of texts. */
    public static Optional<String> runbook(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() && isTag(matcher.group(2))
                ? Optional.of(matcher.group(1) + matcher.group(3))
                : Optional.empty();
    }

    /** The language in the name of a file of texts. */
    public static Optional<String> tag(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() && isTag(matcher.group(2)) ? Optional.of(matcher.group(2)) : Optional.empty();
    }

    /** Whether a text is that of such a file, by its key. */
    public static boolean isTexts(List<String> lines) {
        return BEGINS.matcher(String.join("\n", lines)).find();
    }

    /** Whether a text is a well-formed language tag. */
    public static boolean isTag(String text) {
        try {
            return !new Locale.Builder()
                    .setLanguageTag(text)
                    .build()
                    .getLanguage()
                    .isEmpty();
        } catch (IllformedLocaleException e) {
            return false;
        }
    }

    /** The tags that serve a language, the closest first: {@code zh-Hant-TW}, {@code zh-Hant}, {@code zh-TW}, {@code zh}. */
    public static List<String> tags(Locale language) {
        Stream<Locale> closest = ResourceBundle.Control.getControl(ResourceBundle.Control.FORMAT_DEFAULT)
                .getCandidateLocales("texts", language)
                .stream();
        return closest.filter(locale -> !locale.equals(Locale.ROOT))
                .map(Locale::toLanguageTag)
                .distinct()
                .toList();
    }
}
