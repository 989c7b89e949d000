#include "evaluation/lists.hpp"

#include <gtest/gtest.h>

namespace countersign::evaluation {
namespace {

using Words = std::vector<std::string>;

CsvTable table(std::string_view text) {
    return parse_csv(text, "list.csv").value();
}

TEST(PairsList, NamesEachPictureOnce) {
    const auto list =
        pairs_list(table("fold,a,b,same\n1,ann/1.jpg,ann/2.jpg,1\n2,ann/1.jpg,lone.jpg,0\n"), {});

    ASSERT_TRUE(list);
    EXPECT_EQ(list->pictures.size(), 3U);
    ASSERT_EQ(list->pairs.size(), 2U);
    EXPECT_TRUE(list->pairs[0].same);
    EXPECT_EQ(list->pairs[1].fold, "2");
    EXPECT_FALSE(list->all_pairs);
}

TEST(PairsList, UnderstandsOtherTitlesAndWords) {
    for (const char* text :
         {"Image1,IMAGE2,Is Same\nx,y,TRUE\nx,z,False\n", "path_a;path_b;label\nx;y;yes\nx;z;no\n",
          "left,right,match\nx,y,genuine\nx,z,impostor\n"}) {
        const auto list = pairs_list(table(text), {});
        ASSERT_TRUE(list) << list.error().detail;
        EXPECT_TRUE(list->pairs[0].same);
        EXPECT_FALSE(list->pairs[1].same);
    }
}

TEST(PairsList, LeavesOutAPictureComparedWithItself) {
    const auto list = pairs_list(table("a,b,same\nx,x,1\nx,y,0\n"), {});

    ASSERT_TRUE(list);
    EXPECT_EQ(list->pairs.size(), 1U);
    EXPECT_EQ(list->skipped_rows, 1U);
}

TEST(PairsList, GivesTheFolderAndTheGenuinePairsOneSubject) {
    const auto list = pairs_list(table("a,b,same\nann/1,ann/2,1\nann/3,bob/1,0\nbob/2,new/bob,1\n"), {});

    ASSERT_TRUE(list);
    const auto subject = [&](std::size_t i) { return list->pictures[i].subject; };
    EXPECT_EQ(subject(0), subject(2)) << "ann/1 and ann/3 share a folder";
    EXPECT_EQ(subject(3), subject(5)) << "bob/1 and new/bob: through bob/2";
    EXPECT_NE(subject(0), subject(3));
}

TEST(PairsList, DoesNotTakeAFolderForASubjectWhenDifferentPeopleShareIt) {
    const auto list = pairs_list(table("a,b,same\nall/1,all/2,1\nall/1,all/3,0\n"), {});

    ASSERT_TRUE(list);
    EXPECT_EQ(list->pictures[0].subject, list->pictures[1].subject);
    EXPECT_NE(list->pictures[0].subject, list->pictures[2].subject);
}

TEST(IdentitiesList, GroupsByColumnsOfFewValuesOrByThoseThatAreNamed) {
    const auto rows =
        table("path,light,identity,group_x,same_for_all\nann/1,dim,Ann,1,x\nbob/1,bright,Bob,1,x\n");

    const auto guessed = identities_list(rows, {});
    const auto named = identities_list(rows, {"Light"});

    ASSERT_TRUE(guessed);
    EXPECT_TRUE(guessed->all_pairs);
    EXPECT_EQ(guessed->group_columns, (Words{"light", "group_x"}));
    EXPECT_EQ(guessed->pictures[1].groups, (Words{"bright", "1"}));
    ASSERT_TRUE(named);
    EXPECT_EQ(named->group_columns, Words{"light"});
    EXPECT_FALSE(identities_list(rows, {"age"}));
}

TEST(IdentitiesList, LeavesOutARepeatedRowButRefusesASecondIdentity) {
    const auto repeated = identities_list(table("file,subject\nx,A\nx,A\ny,B\n"), {});
    const auto torn = identities_list(table("file,subject\nx,A\nx,B\n"), {});

    ASSERT_TRUE(repeated);
    EXPECT_EQ(repeated->pictures.size(), 2U);
    EXPECT_EQ(repeated->skipped_rows, 1U);
    ASSERT_FALSE(torn);
    EXPECT_EQ(torn.error().detail, "list.csv:3: the picture is on line 2 with another identity");
}

TEST(PresentationsList, FillsInWhatIsOptional) {
    const auto list = presentations_list(table(
        "file,label,species,clip\nann/1.jpg,Bona Fide,,c1\nbob/1.jpg,attack,print,\nlone.jpg,FAKE,,\n"));

    ASSERT_TRUE(list);
    EXPECT_TRUE(list->at(0).live);
    EXPECT_EQ(list->at(0).clip, "c1");
    EXPECT_EQ(list->at(0).subject, "c1") << "the rows of a clip belong together";
    EXPECT_EQ(list->at(1).species, "print");
    EXPECT_EQ(list->at(1).subject, "bob/1.jpg");
    EXPECT_EQ(list->at(2).species, "unspecified");
}

template <class T>
std::string detail(const Result<T>& result) {
    return result ? "accepted" : result.error().detail;
}

TEST(Lists, SayInOneSentenceWhichColumnsAreExpected) {
    EXPECT_EQ(detail(pairs_list(table("x,b\n1,2\n"), {})),
              "list.csv:1: the columns a, b, same (1 or 0) and optionally fold are expected, found: x, b");
    EXPECT_EQ(detail(identities_list(table("path\nx\n"), {})),
              "list.csv:1: the columns path and identity are expected, found: path");
    EXPECT_EQ(
        detail(presentations_list(table("label\nlive\n"))),
        "list.csv:1: the columns path (or file), label (live or spoof) and optionally species, subject, clip "
        "are expected, found: label");
}

TEST(Lists, NameTheLineOfWhatMeansNothing) {
    EXPECT_EQ(detail(pairs_list(table("a,b,same\nx,y,1\nx,z,maybe\n"), {})),
              "list.csv:3: same is \"maybe\", not 1 or 0");
    EXPECT_EQ(detail(pairs_list(table("a,b,same\nx,,1\n"), {})), "list.csv:2: a path is empty");
    EXPECT_EQ(detail(identities_list(table("path,identity\nx,\n"), {})), "list.csv:2: no identity");
    EXPECT_EQ(detail(presentations_list(table("path,label\nx,1\n"))),
              "list.csv:2: label is \"1\", not live or spoof");
}

}  // namespace
}  // namespace countersign::evaluation
