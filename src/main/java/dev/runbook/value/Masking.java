package dev.runbook.value;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces secrets by dots, in any text that leaves the program: raw, trimmed, and as SQL, JSON, URLs and Base64 write them. A
 * secret of fewer than four characters is not looked for: it would be found everywhere.
 */
public final class Masking {
    /** Masks nothing. */
    public static final Masking NONE = new Masking(Set.of());

    private static final int SHORTEST = 4;
    private static final String DOTS = new Value.Secret("").text();

    private final Set<String> forms;
    private final Optional<Pattern> secrets;

    private Masking(Set<String> forms) {
        this.forms = forms;
        // the longest first: one secret may begin with another
        String alternatives = forms.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        this.secrets = forms.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(alternatives));
    }

    /** Masks these. */
    public static Masking of(Collection<Value.Secret> secrets) {
        Set<String> forms = new LinkedHashSet<>();
        secrets.forEach(secret -> {
            addForms(secret.reveal(), forms);
            addForms(secret.reveal().strip(), forms);
        });
        return forms.isEmpty() ? NONE : new Masking(forms);
    }

    /** Masks what this one masks, and what the other does. */
    public Masking and(Masking other) {
        Set<String> all = new LinkedHashSet<>(forms);
        all.addAll(other.forms);
        return new Masking(all);
    }

    /** The text with dots for every secret in it. */
    public String mask(String text) {
        return secrets.map(pattern -> pattern.matcher(text).replaceAll(Matcher.quoteReplacement(DOTS)))
                .orElse(text);
    }

    private static void addForms(String secret, Set<String> forms) {
        if (secret.length() < SHORTEST) {
            return;
        }
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        forms.add(secret);
        forms.add(secret.replace("'", "''"));
        forms.add(secret.replace("]", "]]"));
        forms.add(json(secret, false));
        forms.add(json(secret, true));
        forms.add(url);
        forms.add(url.replace("+", "%20"));
        forms.add(Base64.getEncoder().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_16LE)));
    }

    private static String json(String secret, boolean asciiOnly) {
        StringBuilder json = new StringBuilder();
        for (char c : secret.toCharArray()) {
            int known = "\"\\\b\f\n\r\t".indexOf(c);
            if (known >= 0) {
                json.append('\\').append("\"\\bfnrt".charAt(known));
            } else if (c < ' ' || asciiOnly && c > '~') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.toString();
    }
}
