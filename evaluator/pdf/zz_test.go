package pdf
import ("testing";"os";"context";"fmt";"path/filepath")
func TestProbe(t *testing.T){
 fs,_:=filepath.Glob(os.Getenv("PROBE"))
 for _,f:=range fs { d,_:=os.ReadFile(f); x,err:=Read(context.Background(),d); fmt.Println("=====",f,err,x.Pages,x.Gaps,x.Title); for _,l:=range show(x.Passages){fmt.Println(l)}}
}
