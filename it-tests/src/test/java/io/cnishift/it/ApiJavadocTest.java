package io.cnishift.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Every public type of {@code api} says what it promises.
 *
 * <p>doclint, which the compiler runs on {@code api}, finds broken Javadoc. Its group for missing comments also wants one on
 * each accessor, constant and record component, which fills files with repeated names; so that group is off, and the part of
 * it that matters is here.
 */
final class ApiJavadocTest {

    @Test
    void everyPublicTypeHasAComment() throws IOException {
        List<Path> files = Sources.ofModule("api");
        assertThat(files).isNotEmpty();
        assertThat(typesWithoutComment(files)).isEmpty();
    }

    private static List<String> typesWithoutComment(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
            Scanner scanner = new Scanner(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                scanner.scan(unit, false);
            }
            return scanner.silent;
        }
    }

    /** Collects public types without comment. Its argument tells whether we are inside an interface. */
    private static final class Scanner extends TreePathScanner<Void, Boolean> {
        private final DocTrees docs;
        private final List<String> silent = new ArrayList<>();

        Scanner(DocTrees docs) {
            this.docs = docs;
        }

        @Override
        public Void visitClass(ClassTree type, Boolean inInterface) {
            TreePath path = getCurrentPath();
            boolean shown = inInterface || type.getModifiers().getFlags().contains(Modifier.PUBLIC);
            if (!shown) {
                return null;
            }
            if (docs.getDocComment(path) == null) {
                silent.add(path.getCompilationUnit().getPackageName() + "." + type.getSimpleName());
            }
            return switch (type.getKind()) {
                case INTERFACE, ANNOTATION_TYPE -> super.visitClass(type, true);
                default -> super.visitClass(type, false);
            };
        }
    }
}
