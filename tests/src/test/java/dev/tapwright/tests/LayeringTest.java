package dev.tapwright.tests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the arrows between modules and packages: a room uses only the rooms below it. */
final class LayeringTest {

  /** The rooms of the compiler, the highest first; each may use those below it. */
  private static final List<String> ROOMS =
      List.of(
          "cli",
          "driver",
          "runtime",
          "object",
          "bpf",
          "machine",
          "tapset",
          "assembler",
          "analysis",
          "intrinsic",
          "probe",
          "target");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.tapwright");

  static Stream<String> roomsBelowOthers() {
    return IntStream.range(1, ROOMS.size()).mapToObj(ROOMS::get);
  }

  @ParameterizedTest
  @MethodSource("roomsBelowOthers")
  void aRoomOfTheCompilerUsesOnlyTheRoomsBelowIt(String room) {
    noClasses()
        .that()
        .resideInAPackage(packageOf(room))
        .should()
        .dependOnClassesThat(resideInAnyPackage(packagesOf(ROOMS.subList(0, ROOMS.indexOf(room)))))
        .because("arrows go down the list " + String.join(" → ", ROOMS) + " only")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everyClassOfTheCompilerHasARoom() {
    classes()
        .that()
        .resideInAPackage("dev.tapwright.compiler..")
        .should()
        .resideInAnyPackage(packagesOf(ROOMS))
        .because("a new room needs its place in the list")
        .check(CLASSES);
  }

  @Test
  void codeOfKernelProgramsKnowsNothingOfWhatItIsMadeFrom() {
    noClasses()
        .that()
        .resideInAPackage("dev.tapwright.compiler.bpf.code..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.tapwright.compiler.bpf",
            "dev.tapwright.compiler.machine..",
            "dev.tapwright.compiler.analysis..",
            "dev.tapwright.syntax.tree..")
        .check(CLASSES);
  }

  @Test
  void syntaxKnowsNothingBesideIt() {
    noClasses()
        .that()
        .resideInAPackage("dev.tapwright.syntax..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.tapwright..")
                .and(not(resideInAPackage("dev.tapwright.syntax.."))))
        .check(CLASSES);
  }

  @Test
  void theCompilerHasNeverHeardOfEditors() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.tapwright.syntax..", "dev.tapwright.compiler..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.eclipse.lsp4j..", "dev.tapwright.server.."))
        .because("the server translates at its border")
        .check(CLASSES);
  }

  @Test
  void onlyTheTargetAndTheEndsOfTheLineOpenFiles() {
    noClasses()
        .that()
        .resideInAnyPackage(packagesOf(List.of("object", "bpf", "machine", "intrinsic", "probe")))
        .should()
        .dependOnClassesThat(opensFiles())
        .because("everything that reads the machine stands behind target")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  private static DescribedPredicate<JavaClass> opensFiles() {
    List<String> openers =
        List.of("java.nio.file.Files", "java.io.File", "java.nio.channels.FileChannel");
    return DescribedPredicate.describe("open files", type -> openers.contains(type.getName()));
  }

  private static String[] packagesOf(List<String> rooms) {
    return rooms.stream().map(LayeringTest::packageOf).toArray(String[]::new);
  }

  private static String packageOf(String room) {
    return "dev.tapwright.compiler." + room + "..";
  }
}
