package dev.runbook.base;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces secrets by dots, in any text that leaves the program: raw, trimmed, and as SQL, shells, JSON, HTML and XML, URLs, Base64
 * and hexadecimal digits write them, in whole or as the beginning that is left where a text was cut off with an ellipsis. A secret of
 * fewer than four characters is not looked for: it would be found everywhere.
 */
public final class Masking {
    /** Masks nothing. */
    public static final Masking NONE = new Masking(Set.of());

    private static final int SHORTEST = 4;
    private static final int SHORTEST_BEGINNING = 2;
    private static final char ELLIPSIS = '…';
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
        return secrets.map(pattern -> beginnings(pattern.matcher(text).replaceAll(Matcher.quoteReplacement(DOTS))))
                .orElse(text);
    }

    /** Whoever cut the text did not know its secrets: the beginning of one may stand before the ellipsis. */
    private String beginnings(String text) {
        int mark = text.indexOf(ELLIPSIS);
        if (mark < 0) {
            return text;
        }
        StringBuilder masked = new StringBuilder();
        int from = 0;
        while (mark >= 0) {
            String before = text.substring(from, mark);
            int left = forms.stream()
                    .mapToInt(form -> beginning(form, before))
                    .max()
                    .orElse(0);
            masked.append(before, 0, before.length() - left)
                    .append(left > 0 ? DOTS : "")
                    .append(ELLIPSIS);
            from = mark + 1;
            mark = text.indexOf(ELLIPSIS, from);
        }
        return masked.append(text.substring(from)).toString();
    }

    /** How many of the last characters are the beginning of the secret. */
    private static int beginning(String form, String text) {
        for (int length = Math.min(form.length(), text.length()); length >= SHORTEST_BEGINNING; length--) {
            if (text.regionMatches(text.length() - length, form, 0, length)) {
                return length;
            }
        }
        return 0;
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
        forms.add(secret.replace("\"", "\"\""));
        forms.add(secret.replace("'", "\\'"));
        forms.add(secret.replaceAll("[`$\"]", "`$0"));
        addMarkup(secret, forms);
        forms.add(json(secret, false));
        forms.add(json(secret, true));
        forms.add(url);
        forms.add(url.replace("+", "%20"));
        forms.add(lowerDigits(url));
        forms.add(lowerDigits(url.replace("+", "%20")));
        addHex(bytes, forms);
        addHex(secret.getBytes(StandardCharsets.UTF_16LE), forms);
        forms.add(Base64.getEncoder().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_16LE)));
    }

    /** HTML and XML; what is written for a quote differs from program to program. */
    private static void addMarkup(String secret, Set<String> forms) {
        String escaped = secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        forms.add(escaped);
        for (String quote : List.of("\"", "&quot;", "&#34;", "&#x22;")) {
            for (String apostrophe : List.of("'", "&apos;", "&#39;", "&#x27;")) {
                forms.add(escaped.replace("\"", quote).replace("'", apostrophe));
            }
        }
    }

    /** As servers write binary values: with and without 0x, which is no part of the secret, and in pairs. */
    private static void addHex(byte[] bytes, Set<String> forms) {
        for (HexFormat hex : List.of(HexFormat.of(), HexFormat.ofDelimiter("-"), HexFormat.ofDelimiter(" "))) {
            forms.add(hex.formatHex(bytes));
            forms.add(hex.withUpperCase().formatHex(bytes));
        }
    }

    private static String lowerDigits(String url) {
        return Pattern.compile("%[0-9A-F]{2}")
                .matcher(url)
                .replaceAll(digits -> digits.group().toLowerCase(Locale.ROOT));
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
