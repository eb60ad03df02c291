package views

import (
	"bytes"
	"context"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/a-h/templ"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// pages are the documents and parts whose HTML is kept under testdata.
func pages() map[string]templ.Component {
	doubtful := storyBoard()
	doubtful.Strip = storyDoubt()
	light := storyBoard()
	light.Chrome.Theme = "light"
	hidden := storyBoard()
	hidden.Columns, hidden.Density = []string{"legs", "doubt"}, "comfortable"
	wallDoubt := storyWall(false)
	wallDoubt.Strip = storyDoubt()
	wallBlind := storyWall(false)
	wallBlind.Strip, wallBlind.Items, wallBlind.Empty = storyBlind(), nil, storyEmpty("blind")
	wallLight := storyWall(true)
	wallLight.Chrome.Theme = "light"
	people := PeoplePage{Chrome: storyChrome("people", "People"), Strip: storyStrip(), People: storyPeople()}
	unknown := people
	unknown.Strip, unknown.People = storyBlind(), storyUnknownPeople()
	all := map[string]templ.Component{
		"board":         BoardPage(storyBoard()),
		"board-light":   BoardPage(light),
		"board-doubt":   BoardPage(doubtful),
		"board-blind":   BoardPage(storyBlindBoard()),
		"board-quiet":   BoardPage(storyQuietBoard()),
		"board-columns": BoardPage(hidden),
		"board-travel":  BoardPage(storyRecorded(0)),
		"board-played":  BoardPage(storyRecorded(60)),
		"backtest":      BacktestPageView(storyBacktestPage(storyBacktest())),
		"backtest-runs": BacktestPageView(storyBacktestPage(storyBacktestRunning())),
		"backtest-no":   BacktestPageView(storyBacktestPage(storyBacktestWrong())),
		"call":          CallPageView(CallPage{Chrome: storyChrome("call", "Call 4127"), Strip: storyStrip(), Detail: storyDetail()}),
		"status":        StatusPageView(StatusPage{Chrome: storyChrome("status", "Status"), Strip: storyStrip(), Status: storyStatus()}),
		"people":        PeoplePageView(people),
		"people-blind":  PeoplePageView(unknown),
		"lines":         LinesPageView(LinesPage{Chrome: storyChrome("lines", "Lines"), Strip: storyStrip(), Lines: storyLines()}),
		"numbers":       NumbersPageView(NumbersPage{Chrome: storyChrome("numbers", "Numbers"), Strip: storyStrip(), Numbers: storyDayNumbers()}),
		"numbers-blind": NumbersPageView(NumbersPage{Chrome: storyChrome("numbers", "Numbers"), Strip: storyBlind(), Numbers: storyNoDayNumbers()}),
		"lines-blind":   LinesPageView(LinesPage{Chrome: storyChrome("lines", "Lines"), Strip: storyBlind(), Lines: storyUnknownLines()}),
		"missed":        MissedPageView(storyMissedPage()),
		"missed-none":   MissedPageView(storyNobody()),
		"missed-blind":  MissedPageView(storyMissedBlind()),
		"missed-form":   MissedFormView(storyMissedForm()),
		"gaps":          GapsPageView(storyGaps()),
		"gaps-none":     GapsPageView(storyNoGaps()),
		"gap":           GapPageView(storyGap()),
		"gap-done":      GapPageView(storyGapDone()),
		"history":       HistoryPageView(HistoryPage{Chrome: storyChrome("history", "History"), Strip: storyStrip(), History: storyPast()}),
		"history-days":  HistoryPageView(HistoryPage{Chrome: storyChrome("history", "History"), Strip: storyDoubt(), History: storyPastDays()}),
		"history-none":  HistoryPageView(HistoryPage{Chrome: storyChrome("history", "History"), Strip: storyStrip(), History: storyNoPast()}),
		"handover":      HandoverPageView(storyHandover()),
		"handover-none": HandoverPageView(storyQuietShift()),
		"wall":          WallPage(storyWall(false)),
		"wall-alarm":    WallPage(storyWall(true)),
		"wall-light":    WallPage(wallLight),
		"wall-doubt":    WallPage(wallDoubt),
		"wall-blind":    WallPage(wallBlind),
		"wall-numbers":  WallPage(storyWall(false, layoutNumbers)),
		"wall-over":     WallPage(storyWall(true, layoutNumbers)),
		"wall-people":   WallPage(storyWall(true, layoutPeople)),
		"wall-line":     WallPage(storyWall(false, layoutLine)),
		"wall-turning":  WallPage(storyWall(true, layoutNumbers, layoutCalls, layoutPeople, layoutLine)),
		"tv":            TVPage(storyTV()),
		"tv-off":        TVPage(storyTVOff()),
		"tv-outside":    TVPage(storyTVOutside()),
		"displays":      DisplaysPageView(storyDisplays()),
		"display-code":  DisplaysPageView(storyPair()),
		"display-form":  DisplaysPageView(storyDisplayFormPage()),
		"display-show":  DisplaysPageView(storyShow()),
		"display-off":   DisplaysPageView(storyRevoke()),
		"wall-display":  WallPage(storyOnDisplay()),
		"error":         ErrorPageView(ErrorPage{Chrome: storyChrome("error", "Not found"), Status: 404, Title: "No such call", Text: "The call has ended too long ago, or never was."}),
		"storybook":     Storybook(storyChrome("story", "").Assets),
	}
	maps.Copy(all, accessPages())
	return all
}

func render(t *testing.T, c templ.Component) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGolden(t *testing.T) {
	for name, c := range pages() {
		t.Run(name, func(t *testing.T) {
			got := render(t, c)
			file := filepath.Join("testdata", name+".html")
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("%s differs (write anew with -update):\n%s", file, diff)
			}
		})
	}
}
