package dev.tapwright.tests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Holds the arrows between modules and packages: a room uses only the rooms below it. */
@AnalyzeClasses(packages = "dev.tapwright", importOptions = ImportOption.DoNotIncludeTests.class)
final class LayeringTest {

  /** The rooms of the compiler, the highest first; each may use those below it. */
  private static final List<String> ROOMS =
      List.of("cli", "driver", "runtime", "object", "bpf", "machine", "analysis", "intrinsic", "probe", "target");

  private static final String COMPILER = "dev.tapwright.compiler.";

  @ArchTest
  static void aRoomOfTheCompilerUsesOnlyTheRoomsBelowIt(JavaClasses classes) {
    for (int level = 1; level < ROOMS.size(); level++) {
      String[] above = ROOMS.subList(0, level).stream().map(room -> COMPILER + room + "..").toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(COMPILER + ROOMS.get(level) + "..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(above))
          .because("arrows go down the list cli → … → target only")
          .allowEmptyShould(true)
          .check(classes);
    }
  }

  @ArchTest
  static final ArchRule THE_RUN_TIME_NEEDS_NO_DRIVER =
      noClasses()
          .that()
          .resideInAPackage(COMPILER + "runtime..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(COMPILER + "driver..", "dev.tapwright.syntax.tree.."))
          .because("a compiled object runs without the compiler")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule EVERY_CLASS_OF_THE_COMPILER_HAS_A_ROOM =
      noClasses()
          .that()
          .resideInAPackage(COMPILER + "..")
          .should()
          .resideOutsideOfPackages(ROOMS.stream().map(room -> COMPILER + room + "..").toArray(String[]::new))
          .because("a new room needs its place in the list")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule SYNTAX_KNOWS_NOTHING_BESIDE_IT =
      noClasses()
          .that()
          .resideInAPackage("dev.tapwright.syntax..")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.tapwright..").and(not(resideInAPackage("dev.tapwright.syntax.."))))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule THE_COMPILER_HAS_NEVER_HEARD_OF_EDITORS =
      noClasses()
          .that()
          .resideInAnyPackage("dev.tapwright.syntax..", "dev.tapwright.compiler..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.eclipse.lsp4j..", "dev.tapwright.server.."))
          .because("the server translates at its border")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule ONLY_THE_TARGET_AND_THE_ENDS_READ_FILES =
      noClasses()
          .that()
          .resideInAnyPackage(
              COMPILER + "analysis..",
              COMPILER + "probe..",
              COMPILER + "intrinsic..",
              COMPILER + "machine..",
              COMPILER + "bpf..",
              COMPILER + "object..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.nio.file.Files")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.io.File")
          .because("everything that reads the machine stands behind target")
          .allowEmptyShould(true);
}
