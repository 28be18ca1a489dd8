package io.cnishift.engine.plugin;

import io.cnishift.api.MigrationStrategy;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows a plug-in its own jars, the platform, the API and SLF4J, and nothing else of the host: it may bring its own version of any
 * library that the host has as well. Of the API and SLF4J there is the host's copy alone, also where the plug-in's jars hold
 * another one, for their types cross the border.
 */
final class PluginLoader extends URLClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final List<String> SHARED = List.of("io.cnishift.api.", "org.slf4j.");
    private static final List<String> SHARED_PATHS =
            SHARED.stream().map(name -> name.replace('.', '/')).toList();

    private final ClassLoader host;

    PluginLoader(PluginJars jars) throws MalformedURLException {
        super("plug-in " + jars.name(), urls(jars.jars()), ClassLoader.getPlatformClassLoader());
        this.host = MigrationStrategy.class.getClassLoader();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return SHARED.stream().anyMatch(name::startsWith) ? host.loadClass(name) : super.loadClass(name, resolve);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return shared(name) ? host.getResource(name) : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return shared(name) ? host.getResources(name) : super.getResources(name);
    }

    /** Whether that class comes from the plug-in's own jars. */
    boolean owns(Class<?> type) {
        return type.getClassLoader() == this;
    }

    private static boolean shared(String resource) {
        return SHARED_PATHS.stream().anyMatch(resource::startsWith);
    }

    private static URL[] urls(List<Path> jars) throws MalformedURLException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return urls;
    }
}
