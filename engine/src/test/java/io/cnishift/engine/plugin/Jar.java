package io.cnishift.engine.plugin;

import io.cnishift.api.MigrationStrategy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A jar to be made of sources that are compiled on the spot. */
final class Jar {

    private static final String SERVICE = "META-INF/services/io.cnishift.api.MigrationStrategy";

    /** What an author compiles against. */
    private static final String API = Path.of(URI.create(MigrationStrategy.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString()))
            .toString();

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();

    /** One more class. */
    Jar source(String name, String text) {
        sources.put(name, text);
        return this;
    }

    /** One more file. */
    Jar entry(String name, String text) {
        entries.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Names strategies to ServiceLoader. */
    Jar provides(String... types) {
        return entry(SERVICE, String.join("\n", types));
    }

    /** Writes the jar without the classes whose names begin with one of these. */
    Path write(Path file, String... without) throws IOException {
        Files.createDirectories(file.getParent());
        Map<String, byte[]> all = new LinkedHashMap<>(compiled());
        all.keySet().removeIf(name -> List.of(without).stream().anyMatch(name::startsWith));
        all.putAll(entries);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : all.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return file;
    }

    /** Class files by path; every class as for a Java that nobody has, when asked for. */
    Jar forLaterJava() {
        compiled().forEach((name, bytes) -> {
            byte[] later = bytes.clone();
            later[7] = (byte) 200;
            entries.put(name, later);
        });
        sources.clear();
        return this;
    }

    private Map<String, byte[]> compiled() {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Memory memory = new Memory(compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8));
        List<Source> units = sources.entrySet().stream()
                .map(e -> new Source(e.getKey(), e.getValue()))
                .toList();
        List<String> options = List.of("-proc:none", "-classpath", API);
        boolean fine = units.isEmpty()
                || compiler.getTask(null, memory, null, options, null, units).call();
        if (!fine) {
            throw new IllegalArgumentException("does not compile: " + sources.keySet());
        }
        Map<String, byte[]> classes = new LinkedHashMap<>();
        memory.made.forEach((name, bytes) -> classes.put(name.replace('.', '/') + ".class", bytes.toByteArray()));
        return classes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> made = new LinkedHashMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("memory:///" + name + ".class"), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return made.computeIfAbsent(name, n -> new ByteArrayOutputStream());
                }
            };
        }
    }
}
