package io.cnishift.engine.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Values that text formats are known to lose, and more of their kind from a seeded generator. */
final class NastyValues {
    static final List<String> TEXTS = List.of(
            "",
            " ",
            "  ",
            "\n",
            "\n\n",
            "a\n",
            "a\nb",
            "a\nb\n",
            "a\nb\n\n",
            "\na",
            " a\nb",
            "a \nb",
            "a\n b\n  c\n",
            "a\n\nb",
            "a\n\tb",
            "\ta\nb",
            "a\t\nb",
            "a\r\nb",
            "a\rb",
            "# no",
            "a # b",
            "a #b",
            "a: b",
            "a:b",
            "a:",
            ":a",
            "- a",
            "-",
            "--",
            "---",
            "...",
            "--- a",
            "%YAML",
            "@a",
            "`a",
            "!a",
            "!!str a",
            "&a",
            "*a",
            "|",
            ">",
            "|\na",
            "? a",
            "{a}",
            "[a]",
            "{",
            "]",
            ",",
            "a,b",
            "'",
            "''",
            "\"",
            "\\",
            "\\n",
            "a'b",
            "a\"b",
            "~",
            "null",
            "Null",
            "NULL",
            "nil",
            "true",
            "True",
            "TRUE",
            "tRUE",
            "false",
            "yes",
            "Yes",
            "YES",
            "no",
            "on",
            "On",
            "off",
            "OFF",
            "y",
            "n",
            "Y",
            "N",
            "1",
            "01",
            "0123",
            "00",
            "-1",
            "+1",
            "1.35",
            "1.",
            ".5",
            "1e5",
            "1E5",
            "1e+5",
            "0x1F",
            "0o17",
            "0b11",
            "1_000",
            "1:30",
            "190:20:30",
            "-.inf",
            ".inf",
            ".nan",
            ".NaN",
            "inf",
            "nan",
            "infinity",
            "2026-11-21",
            "2026-11-21T00:00:00Z",
            "2001-12-14t21:59:43.10-05:00",
            "1.2.3",
            "10.0.0.1",
            "10.0.0.0/16",
            "256.1.1.1/99",
            "100m",
            "4Gi",
            "0m",
            "1e",
            "0x",
            "=",
            "<<",
            "<",
            "a=b",
            "arn:aws:eks:ap-south-1:123456789012:cluster/x",
            "kubernetes.io/os",
            "eks:NAME",
            "\u0000",
            "\u0007",
            "\u001b[0m",
            "\u007f",
            "\u0085",
            "\u00a0",
            "\u2028",
            "\u2029",
            "\ufeff",
            "\ufeffa",
            "\ufffe",
            "\uffff",
            "é",
            "日本語",
            "😀",
            "a😀\nb",
            "a\u0085b\nc",
            "a\u2028b\nc",
            "e\u0301",
            "a".repeat(200) + " " + "b".repeat(200),
            "word ".repeat(60) + "end",
            "line\n".repeat(40),
            "a  b",
            "a\u0000\nb");

    private static final String ALPHABET =
            "ab01.-_:#'\"\\ \n\t\r{}[],&*!|>%@`?~=<+/\u0000\u0085\u2028\ufeffé日😀eExXoOinfyYtrue";

    private NastyValues() {}

    static String text(Random random) {
        int[] alphabet = ALPHABET.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(12);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }

    static @Nullable Object tree(Random random, int depth) {
        int choice = random.nextInt(depth == 0 ? 6 : 9);
        return switch (choice) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> (1L << 40) + random.nextInt();
            case 4 -> random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20.0);
            case 5 -> random.nextBoolean() ? text(random) : TEXTS.get(random.nextInt(TEXTS.size()));
            case 6 -> list(random, depth - 1);
            default -> map(random, depth - 1);
        };
    }

    private static List<@Nullable Object> list(Random random, int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            list.add(tree(random, depth));
        }
        return list;
    }

    private static Map<String, @Nullable Object> map(Random random, int depth) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            map.put(text(random), tree(random, depth));
        }
        return map;
    }
}
